"""Letters for the tests: complete, fictional, the same every time."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from cases import law
from cases.law import Body
from cases.letters import (
    AppealOutcomeLetter,
    AppealReceivedLetter,
    CaseMinutes,
    CooperationLetter,
    CopiedPart,
    CopiedSentence,
    DecisionLetter,
    DelayLetter,
    ForwardingLetter,
    HousingMinutesLetter,
    InformationRequestLetter,
    LeaseLetter,
    Letterhead,
    ListedDocument,
    MinutesLetter,
    OfferLetter,
    Official,
    Participants,
    PlanLetter,
    PreliminaryLetter,
    Requisition,
    StatementLetter,
    Step,
    WorkingCopy,
    appeal_rights,
)

SENDER = Letterhead("NAV Nordvik", "Nordvik", "Storgata 12, 8650 Nordvik", "75 12 34 56")
CASEWORKER = Official("Anne Berg", "veileder", "75 12 34 60")
ISSUED_ON = date(2026, 3, 2)
TOLD_AT = datetime(2026, 2, 27, 18, 30, tzinfo=ZoneInfo("Europe/Oslo"))
RESPONSIBLE = Official("Per Lunde", "avdelingsleder")


def decision_letter(language: str = "nb", **changes: Any) -> DecisionLetter:
    basis = law.basis("sotjl-27")
    told: dict[str, Any] = {
        "language": language,
        "kind": "temporary",
        "basis": basis,
        "appeal": appeal_rights(basis, on=ISSUED_ON),
        "reference": "V-1042",
        "sender": SENDER,
        "recipient": "Kari Øygard Łoś",
        "issued_on": date(2026, 3, 2),
        "told_at": TOLD_AT,
        "starts_on": date(2026, 2, 27),
        "ends_on": date(2026, 3, 13),
        "place": "Solbakken pensjonat",
        "place_address": "Strandveien 4, 8650 Nordvik",
        "room": "12",
        "persons": 3,
        "facts": "Leieforholdet tok slutt 27. februar.\n\nDere hadde ikke noe sted å være.",
        "considerations": "Det er ingen ledig bolig av riktig størrelse.",
        "start_reason": "Behovet oppsto denne dagen.",
        "child_interest": "Barna kan gå på samme skole.",
        "user_view": "Du vil helst bo nær skolen.",
        "caseworker": CASEWORKER,
        "responsible": RESPONSIBLE,
    }
    return DecisionLetter(**{**told, **changes})


def requisition(language: str = "nb", **changes: Any) -> Requisition:
    told: dict[str, Any] = {
        "language": language,
        "reference": "V-1042",
        "sender": SENDER,
        "provider": "Solbakken pensjonat",
        "provider_address": "Strandveien 4, 8650 Nordvik",
        "issued_on": date(2026, 3, 2),
        "starts_on": date(2026, 2, 27),
        "ends_on": date(2026, 3, 13),
        "room": "12",
        "guest": "Kari Øygard Łoś",
        "persons": 3,
        "price_a_night": 1150,
        "contact": CASEWORKER,
    }
    return Requisition(**{**told, **changes})


def _around(language: str, reference: str = "H-77") -> dict[str, Any]:
    return {
        "language": language,
        "reference": reference,
        "sender": SENDER,
        "recipient": "Kari Øygard Łoś",
        "recipient_address": ("Skogveien 8", "8650 Nordvik"),
        "issued_on": ISSUED_ON,
        "caseworker": CASEWORKER,
    }


def preliminary(language: str = "nb", **changes: Any) -> PreliminaryLetter:
    told: dict[str, Any] = {
        **_around(language),
        "about": "housing_help",
        "asked_on": date(2026, 2, 12),
        "expected_by": date(2026, 4, 15),
        "reason": "Vi venter på opplysninger fra utleieren.",
        "rule": law.rule("preliminary_answer.after_months", on=ISSUED_ON),
    }
    return PreliminaryLetter(**{**told, **changes})


def delay(language: str = "nb", **changes: Any) -> DelayLetter:
    told: dict[str, Any] = {
        **_around(language),
        "about": "start_loan",
        "asked_on": date(2026, 1, 5),
        "promised_by": date(2026, 2, 27),
        "expected_by": date(2026, 4, 15),
        "reason": "Mange har søkt samtidig.",
        "rule": law.rule("preliminary_answer.after_months", on=ISSUED_ON),
    }
    return DelayLetter(**{**told, **changes})


def forwarding(language: str = "nb", **changes: Any) -> ForwardingLetter:
    told: dict[str, Any] = {
        **_around(language),
        "about": "place_tonight",
        "asked_on": date(2026, 2, 27),
        "forwarded_to": "Boligkontoret i Nordvik",
        "is_ours": True,
        "lacks_place": True,
        "reason": "Boligkontoret har de kommunale boligene.",
        "rule": law.rule("wrong_place", on=ISSUED_ON),
    }
    return ForwardingLetter(**{**told, **changes})


def information_request(language: str = "nb", **changes: Any) -> InformationRequestLetter:
    told: dict[str, Any] = {
        **_around(language),
        "about": "dwelling",
        "asked_on": date(2026, 2, 12),
        "needed": ("Siste skattemelding", "Leieavtalen du har i dag"),
        "why": "Vi må vite hva du kan betale i husleie.",
        "answer_by": date(2026, 3, 16),
        "consequence": "Da avgjør vi saken med det vi vet.",
    }
    return InformationRequestLetter(**{**told, **changes})


def appeal_received(language: str = "nb", **changes: Any) -> AppealReceivedLetter:
    told: dict[str, Any] = {
        **_around(language, "K-12"),
        "kind": "temporary",
        "decision_reference": "V-1042",
        "decided_on": date(2026, 2, 10),
        "received_on": date(2026, 2, 27),
        "expected_by": date(2026, 3, 13),
        "body": Body.STATSFORVALTEREN,
    }
    return AppealReceivedLetter(**{**told, **changes})


def appeal_outcome(language: str = "nb", **changes: Any) -> AppealOutcomeLetter:
    told: dict[str, Any] = {
        **_around(language, "K-12"),
        "kind": "temporary",
        "outcome": "forwarded",
        "decision_reference": "V-1042",
        "decided_on": date(2026, 2, 10),
        "received_on": date(2026, 2, 27),
        "body": Body.STATSFORVALTEREN,
        "reason": "Det er ikke kommet fram noe nytt om hvor barna går på skole.",
    }
    return AppealOutcomeLetter(**{**told, **changes})


def statement(language: str = "nb", **changes: Any) -> StatementLetter:
    told: dict[str, Any] = {
        **_around(language, "K-12"),
        "recipient": "",
        "recipient_address": ("Postboks 1405", "8002 Bodø"),
        "responsible": RESPONSIBLE,
        "kind": "temporary",
        "body": Body.STATSFORVALTEREN,
        "basis": law.basis("sotjl-27"),
        "appellant": "Kari Øygard Łoś",
        "decision_reference": "V-1042",
        "decided_on": date(2026, 2, 10),
        "notified_on": date(2026, 2, 12),
        "received_on": date(2026, 2, 27),
        "appealed_against": "Klageren ønsker et sted nærmere skolen.",
        "facts": "Husstanden har bodd på Solbakken siden 10. februar.",
        "assessment": "Skolen kan nås med buss på ti minutter.",
        "conclusion": "Vedtaket opprettholdes.",
        "documents": (
            ListedDocument("1", "Vedtak om midlertidig botilbud", date(2026, 2, 10)),
            ListedDocument("2", "Klage", date(2026, 2, 27)),
        ),
    }
    return StatementLetter(**{**told, **changes})


def plan(language: str = "nb", **changes: Any) -> PlanLetter:
    told: dict[str, Any] = {
        **_around(language),
        "kind": "housing_plan",
        "made_on": date(2026, 2, 26),
        "aim": "En kommunal bolig med tre rom.",
        "wishes": "Å bo nær skolen.",
        "steps": (
            Step("Søke om kommunal bolig", "Kari og Anne", date(2026, 3, 10)),
            Step("Snakke med skolen", "Kari", is_done=True),
        ),
        "taking_part": ("Kari Øygard Łoś", "Anne Berg, NAV Nordvik"),
        "review_on": date(2026, 4, 20),
    }
    return PlanLetter(**{**told, **changes})


def minutes(language: str = "nb", **changes: Any) -> MinutesLetter:
    told: dict[str, Any] = {
        **_around(language),
        "about": "boligplanen",
        "met_on": date(2026, 2, 26),
        "began_at": time(9, 30),
        "place": "NAV Nordvik",
        "participants": (
            Participants("NAV Nordvik", ("Anne Berg", "Per Lunde")),
            Participants("Skolen", ("Rektor",)),
        ),
        "absent": ("Helsestasjonen",),
        "talked": "Barna trives på skolen.",
        "decisions": ("Kari søker om kommunal bolig.",),
        "steps": (Step("Sende søknad", "Kari", date(2026, 3, 10)), Step("Ringe utleieren")),
        "next_on": date(2026, 4, 20),
    }
    return MinutesLetter(**{**told, **changes})


def lease(language: str = "nb", **changes: Any) -> LeaseLetter:
    told: dict[str, Any] = {
        **_around(language),
        "landlord": "Nordvik kommune",
        "dwelling": "Fjordgata 3, leilighet H0201",
        "starts_on": date(2026, 4, 1),
        "ends_on": date(2028, 4, 1),
        "is_reserved": True,
        "short_reason": "Boligen skal rehabiliteres i 2028.",
        "rent_a_month": 8900,
        "deposit": 26700,
        "guarantee": 0,
        "most_months": law.value("deposit.most_months", on=ISSUED_ON),
        "deposit_rule": law.rule("deposit.most_months", on=ISSUED_ON),
        "period_rule": law.rule("lease.least_years", on=ISSUED_ON),
        "reserved_rule": law.rule("lease.reserved_home", on=ISSUED_ON),
        "notice_months": 3,
    }
    return LeaseLetter(**{**told, **changes})


def working_copy(language: str = "nb") -> WorkingCopy:
    facts = (
        CopiedSentence("Leieforholdet tok slutt 27. februar.", ("Egen bolig, til 27. februar 2026",), is_chosen=True),
        CopiedSentence("Dere hadde ikke noe sted å være.", ("Henvendelse 27. februar 2026",), is_chosen=False),
        CopiedSentence("Det var kaldt.", (), is_chosen=False),
    )
    return WorkingCopy(
        language=language,
        reference="V-1042",
        sender=SENDER,
        recipient="Anne Berg",
        issued_on=ISSUED_ON,
        kind="temporary",
        is_draft=True,
        parts=(CopiedPart("faktiske forhold", "forvaltningsloven § 25", facts),),
    )


def decision(code: str, language: str = "nb", **changes: Any) -> DecisionLetter:
    """A decision on the legal basis of that code, with what its kind needs."""
    basis = law.basis(code)
    told: dict[str, Any] = {
        "kind": basis.kind,
        "basis": basis,
        "appeal": appeal_rights(basis, on=ISSUED_ON),
        "told_at": None,
        "starts_on": ISSUED_ON,
        "ends_on": None,
        "place": "",
        "place_address": "",
        "room": "",
        **_OF_KIND.get(basis.kind, {}),
        **changes,
    }
    if told.get("result") in {"refused", "dismissed"}:
        told |= {"starts_on": None, "ends_on": None, "start_reason": "", "amount": None, "rooms": None}
    return decision_letter(language, **told)


_OF_KIND: dict[str, dict[str, Any]] = {
    "temporary": {"ends_on": date(2026, 3, 16), "place": "Solbakken pensjonat"},
    "housing_help": {"main_content": "Hjelp til å finne en leilighet, og oppfølging hjemme én gang i uken."},
    "dwelling": {"rooms": 3, "size": 70, "length_months": 36, "expected_wait": "to til fire måneder"},
    "start_loan": {"amount": 2_400_000, "conditions": "Lånet gjelder kjøp av bolig i kommunen."},
    "grant": {"amount": 150_000, "conditions": "Tilskuddet brukes til kjøp av bolig."},
    "guarantee": {"amount": 40_000, "conditions": "Garantien gjelder i tre år."},
    "deposit": {"amount": 26_700, "conditions": "Pengene settes på depositumskonto."},
}


def offer(language: str = "nb", **changes: Any) -> OfferLetter:
    told: dict[str, Any] = {
        "language": language,
        "reference": "T-17",
        "sender": SENDER,
        "recipient": "Kari Øygard Łoś",
        "issued_on": ISSUED_ON,
        "caseworker": CASEWORKER,
        "dwelling": "Elvegata 4 B, H0201",
        "rooms": 3,
        "area_m2": 64,
        "rent_a_month": 8500,
        "moves_in_from": date(2026, 3, 16),
        "answer_by": date(2026, 3, 9),
        "viewing": "Torsdag 5. mars kl. 15",
        "declining": "counted",
    }
    return OfferLetter(**{**told, **changes})


def housing_minutes(language: str = "nb", **changes: Any) -> HousingMinutesLetter:
    told: dict[str, Any] = {
        "language": language,
        "reference": "M-3",
        "sender": SENDER,
        "issued_on": ISSUED_ON,
        "met_on": ISSUED_ON,
        "began_at": time(9, 0),
        "place": "Møterom 2",
        "power": "Det tildeler boliger selv",
        "participants": (Participants("NAV Nordvik", ("Anne Berg",)), Participants("Boligkontoret", ("Per Lunde",))),
        "absent": (Participants("Helse", ("Ola Vik",)),),
        "others": "Kirkens Bymisjon",
        "cases": (
            CaseMinutes(
                number=1,
                question="Tildele bolig",
                proposal="Elvegata 4 B",
                note="Barna går på skolen ved siden av.",
                decision="Boligen tildeles",
                why="Lengst ventetid.",
                dwelling="Elvegata 4 B, H0201, 64 m²",
            ),
            CaseMinutes(
                number=2,
                question="Hvem gjør hva",
                decision="Noen gjør noe innen en dag",
                why="Kartlegge behovet for oppfølging.",
                step=Step("Kartlegge behovet for oppfølging.", "Anne Berg", date(2026, 3, 16)),
            ),
            CaseMinutes(number=3, question="Lenge i midlertidig botilbud"),
        ),
        "next_on": date(2026, 3, 16),
    }
    return HousingMinutesLetter(**{**told, **changes})


def cooperation(language: str = "nb", **changes: Any) -> CooperationLetter:
    told: dict[str, Any] = {
        "language": language,
        "reference": "H-17",
        "sender": SENDER,
        "issued_on": ISSUED_ON,
        "caseworker": CASEWORKER,
        "landlord": "Utleie AS",
        "landlord_address": "Storgata 2, 3600 Nordvik",
        "contact_name": "Per Utleier",
        "tenant": "Kari Øygard Łoś",
        "home": "Fjordgata 3, H0201",
        "starts_on": date(2026, 2, 1),
        "guarantee": 27000,
        "guarantee_ends_on": date(2029, 2, 1),
        "contact": CASEWORKER,
        "consented_on": date(2026, 2, 20),
    }
    return CooperationLetter(**{**told, **changes})
