# mypy: disable-error-code="no-untyped-call"
"""The letters of a decision as they go out: to whom, in which language, and without a place where none may be told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cases.actions.decisions import issue_decision
from cases.actions.letters_to import TellsPlace
from cases.actions.recipients import CannotAddress
from cases.models import Decision, DecisionStatus, Dispatch, Document, DocumentKind, RepresentativeKind
from people.models import Household, MemberRole, Person, Protection
from tests.factories.cases import DecisionFactory
from tests.factories.people import AT, DAY, MemberFactory, PersonFactory
from tests.factories.represented import RepresentativeFactory
from tests.journeys import PARTS, placed_household, worker_for
from tests.web.listening import pdf_text

pytestmark = pytest.mark.django_db


def applicant(household: Household) -> Person:
    return household.members.get(role=MemberRole.APPLICANT).person


def say(person: Person, **facts: object) -> None:
    Person.objects.filter(pk=person.pk).update(**facts)


@pytest.fixture
def draft() -> Decision:
    """On the place that the household has."""
    household = placed_household(DAY)
    residence = household.residences.get()
    return DecisionFactory.create(
        household=household,
        unit=household.responsibilities.get().unit,
        provider=residence.provider,
        room=residence.room,
        starts_on=DAY,
        ends_on=residence.planned_end or DAY.replace(month=4),
    )


def issue(decision: Decision, facts: str = PARTS.facts) -> list[Document]:
    issue_decision(decision_id=decision.pk, parts=replace(PARTS, facts=facts), by=worker_for(decision.household), at=AT)
    return list(decision.documents.filter(kind=DocumentKind.DECISION).order_by("pk"))


def test_each_party_gets_the_letter_in_the_language_they_chose(draft: Decision) -> None:
    """Språklova § 15."""
    partner = PersonFactory.create(name="Nina Nynorsk", letter_language="nn")
    MemberFactory.create(household=draft.household, role=MemberRole.PARTNER, person=partner)

    letters = issue(draft)

    assert [one.language for one in letters] == ["nb", "nn"]
    assert "Nina Nynorsk" in pdf_text(bytes(letters[1].content))
    sent = {(one.person_id, one.document.language) for one in Dispatch.objects.select_related("document")}
    assert sent == {(applicant(draft.household).pk, "nb"), (partner.pk, "nn")}


def test_the_agent_stands_on_the_letter_and_it_is_on_its_way_to_them(draft: Decision) -> None:
    """Forvaltningsloven § 12."""
    agent = RepresentativeFactory.create(household=draft.household, kind=RepresentativeKind.AGENT, name="Ask Agent")

    [letter] = issue(draft)

    assert "Ask Agent" in pdf_text(bytes(letter.content))
    assert Dispatch.objects.filter(document=letter, representative=agent).exists()


def test_a_letter_says_that_it_is_explained_with_an_interpreter(draft: Decision) -> None:
    plain = issue(draft)[0]
    say(applicant(draft.household), needs_interpreter=True, language="Dari")
    other = DecisionFactory.create(
        household=draft.household,
        case=draft.case,
        unit=draft.unit,
        provider=draft.provider,
        room=draft.room,
        starts_on=draft.starts_on,
        ends_on=draft.ends_on,
    )

    [explained] = issue(other)

    assert "tolk" in pdf_text(bytes(explained.content)).lower()
    assert "tolk" not in pdf_text(bytes(plain.content)).lower()


def test_the_letter_to_somebody_protected_names_neither_place_nor_office(draft: Decision) -> None:
    """Folkeregisterloven § 10-4: nothing in letter or envelope locates them."""
    say(applicant(draft.household), protection=Protection.CONFIDENTIAL)
    assert draft.provider is not None

    [letter] = issue(draft)

    said = pdf_text(bytes(letter.content))
    for word in (draft.provider.name, draft.provider.address, draft.unit.name):
        assert not word or word not in said, word


def test_a_place_that_somebody_wrote_into_it_stops_the_letter_to_somebody_protected(draft: Decision) -> None:
    say(applicant(draft.household), protection=Protection.CONFIDENTIAL)
    assert draft.provider is not None

    with pytest.raises(TellsPlace):
        issue(draft, facts=f"Bor hos {draft.provider.name} fra i kveld.")

    draft = Decision.objects.get(pk=draft.pk)
    assert draft.status == DecisionStatus.DRAFT
    assert not Document.objects.exists()


def test_no_decision_is_issued_to_somebody_dead_and_nothing_is_half_done(draft: Decision) -> None:
    say(applicant(draft.household), died_on=draft.starts_on)

    with pytest.raises(CannotAddress):
        issue(draft)

    assert not Document.objects.exists()
    assert Decision.objects.get(pk=draft.pk).status == DecisionStatus.DRAFT
