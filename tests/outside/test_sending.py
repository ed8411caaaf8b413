"""Letters to a mailbox whose keeper misbehaves: nothing is lost and nothing comes twice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.conf import LazySettings
from procrastinate.contrib.django.models import ProcrastinateJob as Job

from cases.actions import sending
from cases.actions.dispatching import CannotSend, dispatch_to_everybody, hand_over, send_again, stop_letter
from cases.models import Dispatch, DispatchState, Fault, Task, TaskKind, Way
from cases.outbox import schedule
from people.journal import Act
from people.models import JournalEntry, Protection
from people.queue import Queue, defer
from tests.factories.cases import DocumentFactory
from tests.factories.letters import DispatchFactory
from tests.factories.people import AT, DAY
from tests.journeys import worker_for
from tests.outside.receiver import Receiver, receiver
from tests.outside.time import carried_out, outbox

pytestmark = pytest.mark.django_db

NUMBER = "15858510055"
MINUTE = timedelta(minutes=1)


@pytest.fixture
def post(settings: LazySettings) -> Iterator[Receiver]:
    with receiver() as server:
        settings.VARIG_OUTSIDE = server.outside("post")
        yield server


def digital(number: str = NUMBER) -> Dispatch:
    """A letter to somebody with a number, due at `AT`."""
    found = DispatchFactory.create(is_digital=True)
    person = found.person
    person.national_id, person.id_kind = number, "synthetic"
    person.save()
    return found


def acts() -> list[str]:
    return list(JournalEntry.objects.filter(act__startswith="letter.").order_by("pk").values_list("act", flat=True))


def test_a_letter_goes_once_with_our_key_and_without_an_address(post: Receiver) -> None:
    found = carried_out(digital())

    [(number, told, content)] = post.letters
    assert (found.state, found.external_id) == (DispatchState.DELIVERED, number)
    assert found.document.unit.municipality.name in told.pop("tittel")
    assert told == {
        "avgivendeSystem": "Varig",
        "eksternReferanse": str(found.key),
        "kunDigitalLevering": True,
        "krevNiva4Innlogging": True,
        "mottaker": {"digitalAdresse": {"fodselsNummer": NUMBER}},
        "dokumenter": [{"filnavn": f"decision-{found.document_id}.pdf", "mimeType": "application/pdf"}],
    }
    assert content == bytes(found.document.content)
    assert acts() == [Act.LETTER_SENT, Act.LETTER_DELIVERED]


@pytest.mark.parametrize("how", ["down", "slow", "half", "nonsense", "wrong", "lost"])
@pytest.mark.parametrize("kind", ["reserve", "send", "status"])
def test_whatever_goes_wrong_once_the_letter_comes_once(post: Receiver, kind: str, how: str) -> None:
    post.told[kind] = [how]

    found = carried_out(digital())

    assert (found.state, found.fault) == (DispatchState.DELIVERED, "")
    assert [number for number, *_ in post.letters] == [found.external_id]
    assert acts() == [Act.LETTER_SENT, Act.LETTER_DELIVERED]


@pytest.mark.parametrize("how", ["slow", "half", "nonsense", "wrong", "lost"])
def test_an_answer_lost_again_and_again_makes_no_second_letter(post: Receiver, how: str) -> None:
    post.told["send"] = [how]
    post.told["status"] = [how] * 4

    assert carried_out(digital()).state == DispatchState.DELIVERED
    assert len(post.letters) == 1


def test_a_number_given_to_two_letters_is_kept_by_the_first(post: Receiver) -> None:
    post.number = "same"
    first, second = carried_out(digital()), digital("15858510136")
    step = sending.claim(dispatch_id=second.pk, by=outbox(), at=AT)
    assert step is not None
    sending.settle(step=step, outcome=sending.Outcome(number="same"), by=outbox(), at=AT)
    post.number = ""

    assert carried_out(second).state == DispatchState.DELIVERED
    assert first.external_id == "same" != second.external_id
    assert len(post.letters) == 2


def test_a_receipt_that_comes_twice_delivers_once(post: Receiver) -> None:
    found = digital()
    carried_out(found)
    late = sending.Step(found.pk, sending.Kind.LOOK, found.attempts)

    sending.settle(step=late, outcome=sending.ask(late, None), by=outbox(), at=AT)

    assert acts() == [Act.LETTER_SENT, Act.LETTER_DELIVERED]


def test_down_for_days_it_is_given_up_and_the_unit_is_told_once(post: Receiver) -> None:
    post.told["reserve"] = ["down"] * 99
    found = digital()

    carried_out(found)

    assert (found.state, found.fault) == (DispatchState.GIVEN_UP, Fault.UNREACHABLE)
    assert found.attempts == len(schedule("digital").retry) + 1
    assert post.letters == []
    assert Task.objects.open().filter(household=found.household, kind=TaskKind.LETTER_NOT_SENT).count() == 1
    assert acts() == [Act.LETTER_FAILED]


def test_without_a_receipt_for_a_fortnight_nobody_says_that_it_arrived(post: Receiver) -> None:
    post.status = "AKSEPTERT"

    found = carried_out(digital())

    assert (found.state, found.fault) == (DispatchState.GIVEN_UP, Fault.NO_RECEIPT)
    assert len(post.letters) == 1
    assert not Dispatch.objects.filter(replaces=found).exists()


@pytest.mark.parametrize("status", ["AVVIST", "IKKE_LEVERT"])
def test_what_no_mailbox_takes_goes_on_the_print_list(post: Receiver, status: str) -> None:
    post.status = status

    found = carried_out(digital())

    assert (found.state, found.fault) == (DispatchState.FAILED, Fault.REFUSED)
    [paper] = Dispatch.objects.to_print()
    assert (paper.replaces_id, paper.person_id, paper.document_id) == (found.pk, found.person_id, found.document_id)
    assert not Task.objects.filter(kind=TaskKind.LETTER_NOT_SENT).exists()


def test_refused_at_the_door_it_goes_on_the_print_list(post: Receiver) -> None:
    post.told["send"] = ["refused"]

    assert carried_out(digital()).state == DispatchState.FAILED
    assert Dispatch.objects.to_print().count() == 1


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"protection": Protection.CONFIDENTIAL}, Fault.PROTECTED),
        ({"protection": Protection.STRICTLY_CONFIDENTIAL}, Fault.PROTECTED),
        ({"died_on": DAY}, Fault.DEAD),
    ],
)
def test_what_has_changed_since_stops_it_before_it_leaves(
    post: Receiver, change: dict[str, object], fault: Fault
) -> None:
    found = digital()
    for name, value in change.items():
        setattr(found.person, name, value)
    found.person.save()

    carried_out(found)

    assert (found.state, found.fault) == (DispatchState.FAILED, fault)
    assert post.asked == []
    assert Task.objects.open().filter(kind=TaskKind.LETTER_NOT_SENT).count() == 1
    assert not Dispatch.objects.to_print().exists()


def test_two_workers_at_one_letter_send_one(post: Receiver) -> None:
    found = digital()
    first = sending.claim(dispatch_id=found.pk, by=outbox(), at=AT)
    assert first is not None

    assert sending.claim(dispatch_id=found.pk, by=outbox(), at=AT) is None

    after = AT + schedule("digital").lease
    second = sending.claim(dispatch_id=found.pk, by=outbox(), at=after)
    assert second is not None
    sending.settle(step=first, outcome=sending.Outcome(number="late"), by=outbox(), at=after)
    found.refresh_from_db()
    assert found.external_id == ""


def test_nobody_outside_means_paper(settings: LazySettings) -> None:
    document = DocumentFactory.create()

    [made] = dispatch_to_everybody(document, by=document.made_by, at=AT)

    assert (made.way, made.next_at) == (Way.POST, None)
    assert not Job.objects.exists()


def test_a_letter_dispatched_twice_is_one_letter_and_one_job(post: Receiver) -> None:
    document = DocumentFactory.create()
    person = document.household.members.get().person
    person.national_id, person.id_kind = NUMBER, "synthetic"
    person.save()

    [made] = dispatch_to_everybody(document, by=document.made_by, at=AT)
    assert dispatch_to_everybody(document, by=document.made_by, at=AT) == []

    assert made.way == Way.DIGITAL
    assert list(Job.objects.values_list("task_name", "args")) == [("send", {"dispatch": made.pk})]
    assert not defer("send", queue=Queue.OUTBOX, once=f"send-{made.pk}", dispatch=made.pk)


@pytest.mark.parametrize("grade", [Protection.CONFIDENTIAL, Protection.STRICTLY_CONFIDENTIAL])
def test_a_protected_party_s_letter_waits_to_be_handed_over(post: Receiver, grade: Protection) -> None:
    document = DocumentFactory.create()
    person = document.household.members.get().person
    person.national_id, person.id_kind, person.protection = NUMBER, "synthetic", grade
    person.save()

    [made] = dispatch_to_everybody(document, by=document.made_by, at=AT)

    assert (made.way, made.next_at) == (Way.BY_HAND, None)
    assert not Job.objects.exists()


def test_a_letter_handed_over_is_delivered_and_one_in_a_mailbox_is_not_handed_over_too(post: Receiver) -> None:
    waiting = DispatchFactory.create()
    hand_over(dispatch_id=waiting.pk, way=Way.READ_ALOUD, by=worker_for(waiting.household), at=AT)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.way, waiting.delivered_at) == (DispatchState.DELIVERED, Way.READ_ALOUD, AT)

    taken = digital()
    taken.external_id = "1"
    taken.save(update_fields=["external_id"])
    worker = worker_for(taken.household)
    with pytest.raises(CannotSend, match="may have reached"):
        hand_over(dispatch_id=taken.pk, way=Way.BY_HAND, by=worker, at=AT)
    with pytest.raises(CannotSend, match="may have reached"):
        stop_letter(dispatch_id=taken.pk, by=worker, at=AT)


def test_a_letter_is_sent_anew_once_and_only_when_it_did_not_arrive() -> None:
    found = DispatchFactory.create()
    worker = worker_for(found.household)
    with pytest.raises(CannotSend, match="on its way"):
        send_again(dispatch_id=found.pk, way=Way.POST, by=worker, at=AT)

    stop_letter(dispatch_id=found.pk, by=worker, at=AT)
    anew = send_again(dispatch_id=found.pk, way=Way.POST, by=worker, at=AT)

    assert (anew.replaces_id, anew.state) == (found.pk, DispatchState.WAITING)
    with pytest.raises(CannotSend, match="sent anew already"):
        send_again(dispatch_id=found.pk, way=Way.POST, by=worker, at=AT)
    assert acts() == [Act.LETTER_STOPPED, Act.LETTER_SENT_ANEW]


def test_nothing_is_sent_anew_by_post_to_somebody_protected_since() -> None:
    found = DispatchFactory.create()
    worker = worker_for(found.household)
    stop_letter(dispatch_id=found.pk, by=worker, at=AT)
    found.person.protection = Protection.CONFIDENTIAL
    found.person.save()

    with pytest.raises(CannotSend, match="may not go to them this way"):
        send_again(dispatch_id=found.pk, way=Way.POST, by=worker, at=AT + MINUTE)


def test_nothing_is_sent_anew_to_somebody_who_has_left() -> None:
    found = DispatchFactory.create()
    worker = worker_for(found.household)
    stop_letter(dispatch_id=found.pk, by=worker, at=AT)
    found.household.members.update(ends_on=DAY)

    with pytest.raises(CannotSend, match="no longer to get letters"):
        send_again(dispatch_id=found.pk, way=Way.POST, by=worker, at=AT)
