"""Every kind of letter and its main variants, by the name of its golden file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from cases import law
from cases.law import BASES, Body
from cases.letters import LETTER_LANGUAGES, AccessLetter, ChildText, Correction, CorrectionLetter, Letter, appeal_rights
from cases.letters import PackageSection as Section
from tests.letters import contents
from tests.letters.contents import ISSUED_ON, SENDER

Make = Callable[[str], Letter]


def access(language: str) -> AccessLetter:
    return AccessLetter(
        language=language,
        reference="I-5",
        sender=SENDER,
        recipient="Kari Øygard Łoś",
        received_on=date(2026, 2, 12),
        issued_on=ISSUED_ON,
        sections=(Section("Personen", ((("Navn", "Kari Øygard Łoś"), ("Rolle", "Søker")),)),),
        read_by=(("2. mars 2026", "Saksbehandler", "NAV Nordvik", "Åpnet", "Egen sak", "3"),),
        tells_places=False,
    )


def refused_correction(language: str) -> CorrectionLetter:
    return CorrectionLetter(
        language=language,
        reference="R-5",
        sender=SENDER,
        recipient="Kari Øygard Łoś",
        received_on=date(2026, 2, 12),
        issued_on=ISSUED_ON,
        about="Jeg flyttet 3. januar, ikke 2. januar.",
        refusal="Leieavtalen viser 2. januar.",
    )


def _decision(code: str, **changes: object) -> Make:
    return lambda language: contents.decision(code, language, **changes)


def _outcome(outcome: str, **changes: object) -> Make:
    return lambda language: contents.appeal_outcome(language, outcome=outcome, **changes)


_RIGHTS = appeal_rights(law.basis("sotjl-27"), on=ISSUED_ON)
_CORRECTIONS = (Correction(date(2026, 3, 9), was="13. mars 2026", now="30. mars 2026"),)
_CHILDREN = (ChildText("Nora", "Nora kan gå på samme skole."), ChildText("Emil", "Emil får beholde barnehageplassen."))

KINDS: dict[str, Make] = {
    **{f"decision-{code}": _decision(code) for code in BASES},
    "decision-oral-with-children": _decision(
        "sotjl-27", told_at=contents.TOLD_AT, child_interest="", children=_CHILDREN
    ),
    "decision-corrected": _decision("sotjl-27", corrections=_CORRECTIONS),
    "decision-undisclosed": _decision("sotjl-27", place="", recipient=""),
    "decision-partly": _decision("bsl-6", result="partly"),
    "decision-refused": _decision(
        "local-dwelling", result="refused", next_time="Du kan søke igjen når gjelden er ordnet."
    ),
    "decision-dismissed": _decision("sotjl-27", result="dismissed"),
    "decision-changed": _decision("sotjl-27", move="change"),
    "decision-not-changed": _decision("local-grant", move="change", result="refused"),
    "decision-ended": _decision("bsl-6", move="end", result="ended", main_content=""),
    "decision-to-agent": _decision(
        "loans-5", recipient="Adv. Liv Moe", acts_for="Kari Øygard Łoś", acts_as="agent", copies=("Kari Øygard Łoś",)
    ),
    "decision-interpreted": _decision("sotjl-28", is_interpreted=True),
    "requisition": contents.requisition,
    "requisition-by-reference": lambda language: contents.requisition(language, guest="", price_a_night=0),
    "access": access,
    "correction-refused": refused_correction,
    "preliminary": contents.preliminary,
    "delay": contents.delay,
    "forwarding": contents.forwarding,
    "forwarding-elsewhere": lambda language: contents.forwarding(
        language, about="dwelling", forwarded_to="Sørby kommune", is_ours=False, lacks_place=False
    ),
    "forwarding-undisclosed": lambda language: contents.forwarding(language, forwarded_to=""),
    "information-request": contents.information_request,
    "appeal-received": contents.appeal_received,
    "appeal-received-late": lambda language: contents.appeal_received(
        language, is_late=True, is_suspended=True, kind="start_loan", body=Body.KLAGENEMND
    ),
    "appeal-changed": _outcome("changed", changes="Du får bli til 30. april.", appeal=_RIGHTS),
    "appeal-partly-changed": _outcome("partly_changed", changes="Du får bli til 30. april."),
    "appeal-forwarded": _outcome("forwarded"),
    "appeal-dismissed": _outcome("dismissed", appeal=_RIGHTS),
    "appeal-withdrawn": _outcome("withdrawn", reason=""),
    "appeal-upheld": _outcome("upheld", answered_on=date(2026, 2, 27)),
    "appeal-overturned": _outcome("overturned", answered_on=date(2026, 2, 27), changes="Du får et annet sted."),
    "appeal-returned": _outcome("returned", answered_on=date(2026, 2, 27)),
    "statement": contents.statement,
    "statement-by-reference": lambda language: contents.statement(
        language, appellant="", is_suspended=True, late_reason="Klageren var på sykehus.", body=Body.KLAGENEMND
    ),
    "housing-plan": contents.plan,
    "individual-plan": lambda language: contents.plan(
        language, kind="individual_plan", coordinator="Anne Berg", consented_on=date(2026, 2, 26)
    ),
    "minutes": contents.minutes,
    "working-copy": contents.working_copy,
    "housing-minutes": contents.housing_minutes,
    "offer": contents.offer,
    "offer-lapses": lambda language: contents.offer(
        language,
        dwelling="",
        rooms=None,
        area_m2=None,
        rent_a_month=None,
        viewing="",
        declining="lapses",
        silence="lapses",
    ),
    "cooperation": contents.cooperation,
    "cooperation-bare": lambda language: contents.cooperation(
        language, contact_name="", landlord_address="", guarantee=0, guarantee_ends_on=None
    ),
    "lease-reserved": contents.lease,
    "lease-without-end": lambda language: contents.lease(
        language, ends_on=None, is_reserved=False, short_reason="", dwelling="", guarantee=10000
    ),
}

#: Every letter by the name of its golden file.
LETTERS: dict[str, Letter] = {
    f"{name}.{language}": make(language) for name, make in KINDS.items() for language in LETTER_LANGUAGES
}
