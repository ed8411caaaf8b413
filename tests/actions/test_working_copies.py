# mypy: disable-error-code="no-untyped-call"
from __future__ import annotations

from dataclasses import replace

import pytest
from django.http import Http404
from django.test import Client
from django.urls import reverse

from cases.actions.working_copies import CannotTrace, printed_copy, set_sources
from cases.letters import LETTER_LANGUAGES, pdf_of
from cases.models import Decision, Document, NoteClass, ReasonSource
from cases.questions.working_copy import facts_of, working_copy
from people.access import household_for
from people.models import Employee, Household
from people.roles import Permission
from tests.factories.cases import CaseFactory, DecisionFactory
from tests.factories.noted import NoteFactory
from tests.factories.people import AT, DAY, HouseholdFactory
from tests.journeys import worker_for
from tests.letters.reading import read
from tests.web.pages import send, text_of
from tests.web.sign_ins import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english(client: Client) -> None:
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"


@pytest.fixture
def household() -> Household:
    made: Household = HouseholdFactory.create()
    CaseFactory.create(household=made)
    return made


@pytest.fixture
def by(household: Household) -> Employee:
    return worker_for(household)


@pytest.fixture
def decision(household: Household, by: Employee) -> Decision:
    unit = household.responsibilities.get().unit
    applicant = household.members.get().person.name.split(" ")[0]
    text = f"{applicant} ba om hjelp. Det er kaldt ute."
    made: Decision = DecisionFactory.create(household=household, unit=unit, provider=None, facts=text)
    made.household = household_for(by, Permission.VIEW_HOUSEHOLD, key=household.key, at=AT)
    return made


def test_facts_are_proposed_until_somebody_chooses(decision: Decision, by: Employee) -> None:
    [before] = working_copy(decision, on=DAY)
    set_sources(decision_id=decision.pk, part="facts", number=0, keys=["rule:sotjl-27"], by=by, at=AT)

    [after] = working_copy(decision, on=DAY)

    assert before.paragraph == "forvaltningsloven §§ 23–25"  # noqa: RUF001
    assert [(one.is_chosen, [fact.kind for fact in one.facts]) for one in before.sentences] == [
        (False, ["member"]),
        (False, []),
    ]
    assert [(one.is_chosen, [fact.ref for fact in one.facts]) for one in after.sentences] == [
        (True, ["sotjl-27"]),
        (False, []),
    ]


def test_a_sentence_written_otherwise_has_lost_its_source(decision: Decision, by: Employee) -> None:
    set_sources(decision_id=decision.pk, part="facts", number=1, keys=["rule:sotjl-27"], by=by, at=AT)
    decision.facts = "Det er varmt ute."

    [part] = working_copy(decision, on=DAY)

    assert [one.is_chosen for one in part.sentences] == [False]


def test_choosing_anew_takes_the_place_of_what_was_chosen(decision: Decision, by: Employee) -> None:
    for keys in (["rule:sotjl-27"], ["rule:facts", "rule:facts"]):
        set_sources(decision_id=decision.pk, part="facts", number=0, keys=keys, by=by, at=AT)

    assert [row.ref for row in ReasonSource.objects.all()] == ["facts"]


def test_only_facts_of_the_case_are_sources_and_only_of_what_is_written(decision: Decision, by: Employee) -> None:
    with pytest.raises(CannotTrace) as refused:
        set_sources(decision_id=decision.pk, part="facts", number=0, keys=["residence:0"], by=by, at=AT)
    assert refused.value.field == "sources"
    with pytest.raises(CannotTrace, match="changed"):
        set_sources(decision_id=decision.pk, part="facts", number=7, keys=[], by=by, at=AT)
    with pytest.raises(Http404):
        set_sources(decision_id=0, part="facts", number=0, keys=[], by=by, at=AT)


def test_a_special_note_is_no_source_to_whoever_may_not_read_it(decision: Decision, household: Household) -> None:
    NoteFactory.create(household=household, note_class=NoteClass.SPECIAL, special_about="violence")
    ordinary = NoteFactory.create(household=household)

    decision.household.sight = replace(decision.household.sight, special=False)
    notes = [fact.ref for fact in facts_of(decision, on=DAY) if fact.kind == "note"]

    assert notes == [str(ordinary.pk)]


@pytest.mark.parametrize("language", [*LETTER_LANGUAGES, "se"])
def test_the_working_copy_says_on_paper_that_it_is_never_sent(decision: Decision, by: Employee, language: str) -> None:
    letter = printed_copy(decision, language=language, by=by, at=AT)

    said = read(pdf_of(letter))

    assert "Det er kaldt ute." in said
    assert {"en": "WORKING COPY", "nb": "ARBEIDSKOPI", "nn": "ARBEIDSKOPI"}[letter.language] in said
    assert not Document.objects.exists()


def test_the_pages_show_print_and_save(client: Client, decision: Decision, by: Employee) -> None:
    sign_in(client, by)
    key = decision.household.key
    page = client.get(reverse("cases:working_copy", args=[key, decision.pk]))

    answer = send(
        client, reverse("cases:reason_sources", args=[key, decision.pk, "facts", 1]), {"sources": ["rule:sotjl-27"]}
    )

    assert "No source" in text_of(page)
    assert answer.status_code == 302
    assert ReasonSource.objects.get().ref == "sotjl-27"
    assert client.get(reverse("cases:print_working_copy", args=[key, decision.pk])).content.startswith(b"%PDF")
    assert client.get(reverse("cases:reason_sources", args=[key, decision.pk, "facts", 9])).status_code == 404
