# mypy: disable-error-code="no-untyped-call"
"""Households with a canary in every text that somebody can write of them."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from django.apps import apps
from django.db.models import CharField, TextField
from django.utils import timezone
from django.utils.timezone import localdate

from cases.manifest import Entry
from cases.models import (
    TEXT_PARTS,
    Appellant,
    BreachReason,
    BreachReview,
    ChildInterest,
    Decision,
    DecisionCorrection,
    DecisionKind,
    DecisionStatus,
    DisputeDecision,
    Document,
    Need,
    NeedKind,
    NeedReason,
    NoteClass,
    NoteCorrection,
    PlanStep,
    ReceivedPaper,
    RepresentativeKind,
    Task,
    TaskKind,
)
from housing.actions.spells import refresh
from housing.models import (
    Absence,
    Ban,
    Lease,
    NotTogether,
    ProviderKind,
    Residence,
    ResidenceKind,
    VoidReason,
)
from people import journal
from people.journal import Act
from people.models import Alert, AlertKind, Employee, Household, MemberRole, Person, SpecialNote, Unit
from people.models.special_note import SpecialClass
from people.uploads import MediaType
from tests.factories.appeals import (
    AppealDocumentFactory,
    AppealFactory,
    AppealGroundFactory,
    AppealHandedOnFactory,
    NoticeFactory,
    ReasonsRequestFactory,
    SuspensionFactory,
)
from tests.factories.applied import ApplicationPauseFactory, HousingApplicationFactory
from tests.factories.cases import CaseFactory, DecisionFactory, DocumentFactory, HousingPlanFactory, RequestFactory
from tests.factories.coming import RefugeeSettlementFactory, TransitionFactory
from tests.factories.housing import DwellingFactory, ProviderFactory, ResidenceFactory, RoomFactory
from tests.factories.leases import PrivateHelpFactory, SecurityFactory, TenancyFactory, TenancyRentFactory
from tests.factories.letters import ArchiveEntryFactory, DispatchFactory, LetterBatchItemFactory
from tests.factories.noted import NoteFactory
from tests.factories.offers import AgendaItemFactory, HousingMeetingFactory, OfferFactory
from tests.factories.people import (
    AssignmentFactory,
    CoResponsibilityFactory,
    GrantFactory,
    HouseholdFactory,
    MemberFactory,
    PersonFactory,
    UnitFactory,
    caseworker,
)
from tests.factories.represented import RepresentativeFactory
from tests.factories.requests import DisputeFactory, ForwardingFactory
from tests.factories.rights import AccessRequestFactory, CorrectionRequestFactory
from tests.factories.tasks import AcceptedFindingFactory, AuthorityLetterFactory, DeviationFactory, RuleObstacleFactory
from tests.factories.voids import DwellingVoidFactory
from tests.factories.waiting import AnswerDelayFactory, InformationRequestFactory, ReasonSourceFactory
from tests.web.canaries_followed import ids_of_followed, plant_followed
from tests.web.canaries_heard import heard, ids_of_heard
from tests.web.canaries_of_loans import lent
from tests.web.canaries_of_plans import plan_ids, plant_plans
from tests.web.canaries_owning import ids_of_owning, plant_owning

#: Whoever plants counts on, so that no two households share a number or a price.
_count = itertools.count()


@dataclass(frozen=True)
class Planted:
    """A household and its canaries by what they tell: who it is, where it is, what is written of it, what is special.

    `ids` holds what addresses of its pages take, by the names that the routes use.
    """

    household: Household
    word: str
    owner: Employee
    #: in the names of its provider and room, which stand in lists of places too: nobody may see the two together who
    #: may not know where it is
    host: str
    ids: Mapping[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> list[str]:
        return [f"{self.word}navn", str(self.household.key), self.household.ref.lower()]

    @property
    def place(self) -> list[str]:
        return [f"{self.word}sted"]

    @property
    def text(self) -> list[str]:
        return [f"{self.word}ord"]

    @property
    def special(self) -> list[str]:
        return [f"{self.word}helse"]

    @property
    def all_but_the_number(self) -> list[str]:
        """What whoever reports figures may not hear: behind a figure they see case numbers."""
        return [*self.name[:2], *self.place, *self.text, *self.special]

    @property
    def everything(self) -> list[str]:
        return [self.word, *self.name]


def planted(
    word: str, unit: Unit, *, household: Household | None = None, days: int = 120, applicant: Person | None = None
) -> Planted:
    """A household at the unit, owned by a caseworker of its own, with something of everything that is kept of one.

    :param word: small letters that stand in every text and nowhere else
    :param household: one that is there already and has a unit, but nobody who follows it
    :param days: how long ago it was placed
    :param applicant: somebody who is there already, without a canary of their own
    """
    now = timezone.now()
    today, number = localdate(now), next(_count)
    who, where, what, special = (f"{word.capitalize()}{part}" for part in ("navn", "sted", "ord", "helse"))
    if household is None:
        told = {"applicant__person": applicant} if applicant else {"applicant__person__name": f"{who} Nordmann"}
        household = HouseholdFactory.create(unit=unit, **told)
        CaseFactory.create(household=household, opened_on=today - timedelta(days=days))
    Household.objects.filter(pk=household.pk).update(ref=f"{word}-{uuid4().hex}")
    household.refresh_from_db()
    host = f"Vert{number:03}"
    case = household.cases.get()
    owner = caseworker(unit)
    AssignmentFactory.create(household=household, employee=owner)
    child = PersonFactory.create(is_child=True, name=f"{who} Ung")
    since = today - timedelta(days=days)
    MemberFactory.create(household=household, role=MemberRole.CHILD, person=child, starts_on=since)
    _rented(household, what, where, until=since, by=owner)
    provider = ProviderFactory.create(municipality=unit.municipality, name=f"{host} pensjonat", address=f"{host} 1")
    room = RoomFactory.create(provider=provider, name=f"{host} rom")
    ResidenceFactory.create(
        household=household,
        kind=ProviderKind.TEMPORARY,
        provider=provider,
        room=room,
        starts_on=since,
        planned_end=today + timedelta(days=1),
        price_a_night=5000 + number,
    )
    Absence.objects.create(household=household, starts_on=today, where=where, is_held=True)
    Need.objects.create(household=household, kind=NeedKind.AT_RISK, reason=NeedReason.OTHER, starts_on=today)
    banned = ProviderFactory.create(municipality=unit.municipality, name=f"{host} hospits")
    Ban.objects.create(household=household, provider=banned, starts_on=today, reason=special)
    _held(household, what, host)
    other = HouseholdFactory.create(unit=UnitFactory.create())
    NotTogether.objects.create(household=household, other=other, reason=special)
    request = RequestFactory.create(
        household=household, unit=unit, asked_at=now, asked_by=what, about=what, outcome_note=what
    )
    ForwardingFactory.create(request=request, to_body=where, reason=what, at=now)
    DisputeFactory.create(
        household=household,
        request=request,
        with_body=where,
        about=what,
        help_meanwhile=what,
        decision=DisputeDecision.OURS,
        decision_reason=what,
        decided_at=now,
        decided_by=owner,
        registered_at=now,
        since=today,
        result=what,
    )
    paper = {"language": "nn", "content": what.encode(), "made_at": now, "decision": None}
    for kind, factory, words in (
        ("preliminary", AnswerDelayFactory, {"reason": what}),
        ("information_request", InformationRequestFactory, dict.fromkeys(("needed", "why", "consequence"), what)),
    ):
        kept = DocumentFactory.create(household=household, unit=unit, kind=kind, **paper)
        factory.create(request=request, document=kept, **words)
    for for_leader in (False, True):
        Task.objects.create(
            household=household, unit=unit, kind=TaskKind.OTHER, about=what, due_on=today, for_leader=for_leader
        )
    AuthorityLetterFactory.create(household=household, reference=what, asks=what)
    AuthorityLetterFactory.create(household=household, asks=what, answered_on=today, answered_by=owner, answer=what)
    AcceptedFindingFactory.create(household=household, reason=what)
    DeviationFactory.create(household=household, unit=unit, what=what, cause=what, measure=what)
    DeviationFactory.create(
        household=household,
        unit=unit,
        **dict.fromkeys(("what", "cause", "measure", "effect"), what),
        reported_on=today,
        closed_on=today,
        closed_by=owner,
    )
    RuleObstacleFactory.create(
        household=household,
        unit=unit,
        **dict.fromkeys(("rule", "stopped", "better", "sent_to", "answer"), what),
        sent_on=today,
        answered_on=today,
    )
    plan = HousingPlanFactory.create(household=household, user_wants=what)
    PlanStep.objects.create(plan=plan, what=what, who=what, due_on=today)
    SpecialNote.objects.create(household=household, note_class=SpecialClass.VIOLENCE, text=special, by=owner, at=now)
    _decided(household, case, room, what, where, since=since, owner=owner, now=now)
    _applied(household, unit, what, owner=owner, today=today)
    plant_owning(household, what, by=owner, at=now)
    refresh([household.pk])
    BreachReview.objects.create(
        household=household,
        first_night=since,
        reason=BreachReason.OTHER,
        measure=what,
        deadline=today,
        reviewed_on=today,
        by=owner,
    )
    line = journal.record(Act.NOTE_WRITTEN, household_id=household.pk, subject=household, by=owner, at=now, reason=what)
    journal.record(Act.RESIDENCE_STARTED, household_id=household.pk, subject=household, by=owner, at=now, reason=where)
    for about, is_special in ((special, True), (where, False)):
        ReceivedPaper.objects.create(
            household=household,
            about=about,
            received_on=today,
            is_special=is_special,
            media_type=MediaType.PDF,
            content=about.encode(),
            sha256="0" * 64,
            by=owner,
            at=now,
        )
    _noted(household, what, where, special, by=owner, at=now)
    plant_followed(household, what, special, by=owner, today=today)
    plant_plans(household, what, special, by=owner, at=now)
    heard(household, what, where, special, by=owner, on=today)
    _offered(household, unit, what, where, host=host, by=owner, at=now)
    _coming(household, what, where, by=owner, today=today)
    lent(household, what, unit=unit, by=owner, today=today)
    _appealed(household, what, where, by=owner, at=now)
    person = household.members.on(today).get(role=MemberRole.APPLICANT).person
    _represented(household, person, what, where)
    AccessRequestFactory.create(household=household, person=person)
    CorrectionRequestFactory.create(household=household, person=person, about=what, disputed=line)
    CoResponsibilityFactory.create(household=household, reason=what)
    GrantFactory.create(content_object=household, reason=what)
    alert = Alert.objects.create(
        unit=unit, kind=AlertKind.EMERGENCY_DOOR, household=household, person=child, by=owner, at=now, reason=what
    )
    return Planted(household, word, owner, host.lower(), ids={**ids_of(household), "alert_id": alert.pk})


def _held(household: Household, text: str, host: str) -> None:
    """A dwelling held for them, among all that stand in the municipality's plan."""
    dwelling = DwellingFactory.create(address=f"{host} gate 1", municipality=household.municipality)
    since = localdate(timezone.now())
    DwellingVoidFactory.create(
        dwelling=dwelling, reason=VoidReason.HOLD, held_for=household, starts_on=since, note=text
    )


def _rented(household: Household, text: str, where: str, *, until: date, by: Employee) -> None:
    """A private tenancy before the stay, with what stood good for it, and the help to find another."""
    residence = ResidenceFactory.create(
        household=household,
        kind=ResidenceKind.PRIVATE_RENTAL,
        lease=Lease.ORDINARY,
        starts_on=until - timedelta(days=400),
        ends_on=until,
    )
    tenancy = TenancyFactory.create(residence=residence, address=where, assessment=text)
    TenancyRentFactory.create(tenancy=tenancy)
    SecurityFactory.create(tenancy=tenancy, given_on=residence.starts_on, drawn=1, drawn_because=text)
    PrivateHelpFactory.create(household=household, note=text, by=by)


def _decided(
    household: Household, case: Any, room: Any, text: str, where: str, *, since: date, owner: Employee, now: datetime
) -> None:
    decision = DecisionFactory.create(
        household=household,
        case=case,
        unit=household.responsibilities.get().unit,
        provider=room.provider,
        room=room,
        starts_on=since,
        ends_on=localdate(now) + timedelta(days=1),
        status=DecisionStatus.ORAL,
        told_at=now,
        drafted_by=owner,
        **dict.fromkeys((*TEXT_PARTS, "sent_back_because"), text),
    )
    for child in household.members.filter(role=MemberRole.CHILD):
        ChildInterest.objects.create(decision=decision, person=child.person, text=text)
    _decided_on_other_matters(household, decision, text, now=now)
    ReasonSourceFactory.create(decision=decision, by=owner, at=now)
    DocumentFactory.create(
        decision=decision,
        language="nn",
        content=f"{text} {where}".encode(),
        sha256="0" * 64,
        made_at=now,
    )
    document = decision.documents.latest("pk")
    person = household.members.on(localdate(now)).get(role=MemberRole.APPLICANT).person
    DispatchFactory.create(document=document, person=person, made_at=now)
    ArchiveEntryFactory.create(document=document, made_at=now, xml=text)
    LetterBatchItemFactory.create(household=household, state="refused", refusal=text, done_at=now)


def _applied(household: Household, unit: Unit, text: str, *, owner: Employee, today: date) -> None:
    """An application that waits, set by hand and paused, and one that was withdrawn."""
    decision = household.decisions.get(status=DecisionStatus.ORAL)
    told = {"household": household, "unit": unit, "received_on": today, "granted_on": today, "decision": decision}
    words = dict.fromkeys(("wished_place", "wishes", "needs_because"), text)
    HousingApplicationFactory.create(**told, **words, status="withdrawn", ended_on=today, ended_because=text)
    by_hand = {"override": 9, "override_mode": "points", "override_on": today, "override_by": owner}
    waiting = HousingApplicationFactory.create(**told, **words, **by_hand, status="granted", override_because=text)
    ApplicationPauseFactory.create(application=waiting, starts_on=today + timedelta(days=9), note=text)


def _appealed(household: Household, text: str, where: str, *, by: Employee, at: datetime) -> None:
    """A decision that was told, asked the reasons of, and appealed: by the party, and by somebody who is none."""
    decision, today = household.decisions.get(status=DecisionStatus.ENDED), localdate(at)
    made = {"decision": decision, "registered_by": by, "registered_at": at}
    NoticeFactory.create(**made, reached_on=today, note=text, struck_because=text, struck_by=by, struck_at=at)
    ReasonsRequestFactory.create(
        **made,
        asked_on=today,
        due_on=today + timedelta(days=7),
        reasons=text,
        answered_on=today,
        reached_on=today,
        answered_by=by,
    )
    SuspensionFactory.create(
        **made, asked_on=today, asked_because=text, reason=text, is_granted=True, decided_on=today, decided_by=by
    )
    words = ("against", "excuse_reason", "facts", "conclusion", "changes", "answer_reason", "answer_reference")
    more = ("carried_out", "dismissal_reason", "withdrawn_because")
    days = {"received_on": today, "last_day": today, "absolute_day": today, "due_on": today, "acknowledge_by": today}
    told = {**made, **days, **dict.fromkeys((*words, *more), text)}
    AppealFactory.create(**told, appellant=Appellant.OUTSIDER, appellant_name=text)
    appeal = AppealFactory.create(**told)
    AppealGroundFactory.create(appeal=appeal, text=text, assessment=text)
    AppealDocumentFactory.create(appeal=appeal, source=text, title=text, dated=today)
    AppealHandedOnFactory.create(
        household=household, received_on=today, about=text, reason=text, to_body=where, by=by, at=at
    )


def _offered(household: Household, unit: Unit, text: str, where: str, *, host: str, by: Employee, at: datetime) -> None:
    """A case before a housing meeting, decided, and an offer that was declined."""
    today = localdate(at)
    meeting = HousingMeetingFactory.create(unit=unit, held_at=at, planned_at=at, chair=by)
    words = dict.fromkeys(("background", "proposal", "note", "decision_text"), text)
    item = AgendaItemFactory.create(
        meeting=meeting,
        household=household,
        put_by=by,
        put_at=at,
        **words,
        decision="noted",
        decided_at=at,
        decided_by=by,
    )
    days = {"sent_on": today, "expires_on": today, "moves_in_from": today, "ended_on": today}
    OfferFactory.create(
        household=household,
        agenda_item=item,
        dwelling__address=f"{host} 2",
        dwelling__municipality=unit.municipality,
        viewing=where,
        status="declined",
        decline_reason="other",
        decline_note=text,
        effect="keeps",
        offered_by=by,
        offered_at=at,
        **days,
    )


def _coming(household: Household, text: str, where: str, *, by: Employee, today: date) -> None:
    """Somebody who comes out of prison to a home that waits, one who did not come, and a settlement declined."""
    told = {"household": household, "known_on": today, "expected_on": today, "registered_by": by}
    words = {"origin": where, "home_note": where, **dict.fromkeys(("coordinator", "pathway"), text)}
    TransitionFactory.create(**told, **words, prepared=True)
    TransitionFactory.create(**told, **words, kind="discharge", fallen=True, ended_because=text)
    RefugeeSettlementFactory.create(
        household=household, answer="declined", answered_on=today, declined_because=text, decided_on=today
    )


def _noted(household: Household, text: str, where: str, special: str, *, by: Employee, at: datetime) -> None:
    """A note of each class, and one that tells of a place; the first corrected."""
    told = {"household": household, "happened_at": at, "by": by, "at": at}
    first = NoteFactory.create(**told, text=text, participants=text)
    NoteCorrection.objects.create(note=first, text=text, note_class=NoteClass.ORDINARY, reason=text, by=by, at=at)
    NoteFactory.create(**told, text=special, participants=special, is_special=True)
    NoteFactory.create(**told, text=where, participants="", tells_place=True)
    for note in household.notes.all():
        journal.record(Act.NOTE_WRITTEN, household_id=household.pk, subject=note, by=by, at=at)


def _decided_on_other_matters(household: Household, first: Decision, text: str, *, now: datetime) -> None:
    """A draft, one that waits for approval, and one that was issued, corrected and ended."""
    words = dict.fromkeys((*TEXT_PARTS, "sent_back_because"), text)
    told = {"household": household, "case": first.case, "unit": first.unit, "drafted_by": first.drafted_by, **words}
    other = {**told, "provider": None, "kind": DecisionKind.HOUSING_HELP, "basis": "bsl-6", "starts_on": localdate(now)}
    DecisionFactory.create(**other, ends_on=None)
    sent = {"submitted_by": first.drafted_by, "submitted_at": now}
    DecisionFactory.create(**other, ends_on=None, status=DecisionStatus.SUBMITTED, **sent)
    issued = DecisionFactory.create(
        **other,
        ends_on=None,
        status=DecisionStatus.ENDED,
        issued_by=first.drafted_by,
        issued_at=now,
        ended_on=localdate(now) + timedelta(days=1),
        ended_because=text,
    )
    DecisionCorrection.objects.create(
        decision=issued, part="facts", was=text, becomes=f"{text}!", reason=text, by=first.drafted_by, at=now
    )


def _represented(household: Household, person: Person, text: str, where: str) -> None:
    """An agent, whose address could lead to them; and how it ended."""
    words = dict.fromkeys(("name", "organisation", "phone", "limits", "note", "end_reason"), text)
    told = {**words, "address": where, "household": household, "person": person}
    RepresentativeFactory.create(
        **told, kind=RepresentativeKind.AGENT, ends_on=localdate(timezone.now()), is_lawyer=True, paper=None
    )


def ids_of(household: Household) -> dict[str, Any]:
    """What addresses of the household's pages take."""
    residence = Residence.objects.filter(household=household).latest("pk")
    return {
        "key": household.key,
        "residence_id": residence.pk,
        "absence_id": household.absences.get().pk,
        "need_id": household.needs.get().pk,
        "application_id": household.applications.get(status="granted").pk,
        "ended_application_id": household.applications.get(status="withdrawn").pk,
        "pause_id": household.applications.get(status="granted").pauses.get().pk,
        "request_id": household.requests.get().pk,
        "dispute_id": household.disputes.get().pk,
        "member_id": household.members.order_by("pk")[0].pk,
        "accepted_id": household.accepted_findings.get().pk,
        # a decision made after it began (L02)
        "number": "L02",
        "subject_id": household.decisions.order_by("pk")[0].pk,
        "deviation_id": household.deviations.order_by("pk")[0].pk,
        "obstacle_id": household.rule_obstacles.get().pk,
        "letter_id": household.authority_letters.order_by("pk")[0].pk,
        "step_id": PlanStep.objects.get(plan__household=household).pk,
        "task_id": household.tasks.order_by("pk")[0].pk,
        "decision_id": household.decisions.get(status=DecisionStatus.ORAL).pk,
        "draft_id": household.decisions.get(status=DecisionStatus.DRAFT).pk,
        "submitted_id": household.decisions.get(status=DecisionStatus.SUBMITTED).pk,
        "issued_id": household.decisions.get(status=DecisionStatus.ENDED).pk,
        "notice_id": household.notices.get().pk,
        "reasons_id": household.reasons_requests.get().pk,
        "suspension_id": household.suspensions.get().pk,
        "appeal_id": household.appeals.get(appellant=Appellant.PARTY).pk,
        "kind": "housing_help",
        "what": "grant",
        "part": "facts",
        "dispatch_id": household.dispatches.latest("pk").pk,
        "document_id": Document.objects.filter(household=household).latest("pk").pk,
        "access_id": household.access_requests.get().pk,
        "correction_id": household.correction_requests.get().pk,
        "paper_id": ReceivedPaper.objects.filter(household=household).order_by("pk")[0].pk,
        "note_id": household.notes.order_by("pk")[0].pk,
        "information_id": household.information_requests.get().pk,
        "representative_id": household.representatives.get().pk,
        "agenda_id": household.agenda_items.get().pk,
        "meeting_id": household.agenda_items.get().meeting_id,
        "case_number": household.agenda_items.get().number,
        "offer_id": household.offers.get().pk,
        "arrival_kind": "release",
        "transition_id": household.transitions.get(status="prepared").pk,
        "settlement_id": household.settlements.get().pk,
        "sharing_id": household.co_responsibilities.get().pk,
        "lease_id": household.residences.get(kind=ResidenceKind.PRIVATE_RENTAL).pk,
        "security_id": household.securities.get().pk,
        "loan_id": household.loans.get(status="bidding").pk,
        **ids_of_owning(household),
        **plan_ids(household),
        **ids_of_followed(household),
        **ids_of_heard(household),
    }


#: Not planted in a household that is to be seen: closed by it, made by others of it, or made when it is destroyed.
_ELSEWHERE = {
    "people.Seal",
    "people.Disqualification",
    "people.Reading",
    "people.FindingMark",
    "cases.DestructionItem",
    "cases.PopulationEntry",
    "cases.SampledCase",
    "cases.Assessment",
}
#: Texts that say nothing of anybody: codes, names of templates, fingerprints, what only an end or an answer fills in.
_NO_WORDS = {
    "ref",
    "act",
    "subject_kind",
    "sha256",
    "pdf_sha256",
    "json_sha256",
    "template_version",
    "lease_reason",
    "outcome",
    "previous_state",
    "next_state",
    "refusal",
    "check_number",
    "part",
    "sentence",
    # codes and others' numbers
    "basis",
    "external_id",
    "xml_sha256",
    "archive_case",
    "archive_record",
}


def free_texts(entry: Entry, household: Planted) -> list[str]:
    """The texts of the manifest's entry that have no canary of this household."""
    model = apps.get_model(entry.model)
    if entry.model in _ELSEWHERE:
        return []
    rows = list(model._default_manager.filter(**{entry.household: household.household.pk}))
    names = [
        field.name
        for field in model._meta.concrete_fields
        if isinstance(field, CharField | TextField) and not field.choices and field.name not in _NO_WORDS
    ]
    if not rows:
        return [entry.model]
    sings = {name: any(household.word in str(getattr(row, name)).lower() for row in rows) for name in names}
    return [f"{entry.model}.{name}" for name, does in sings.items() if not does]
