from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_fsm import ConcurrentTransitionMixin, FSMField, transition

from housing.models import Dwelling
from people.history import tracked
from people.models import Employee, Household, Language, Unit


class MeetingStatus(models.TextChoices):
    PLANNED = "planned", _("Planned")
    HELD = "held", _("Being held")
    CLOSED = "closed", pgettext_lazy("meeting", "Closed")


#: Statuses in which its members may see the minimum of the cases on its agenda.
OPEN_MEETINGS = [MeetingStatus.PLANNED, MeetingStatus.HELD]


class MeetingPower(models.TextChoices):
    """What the meeting may decide itself, by the municipality's own rule."""

    ADVISES = "advises", _("It recommends, and the unit of the case decides")
    ALLOTS = "allots", _("It allots dwellings itself")


class AgendaQuestion(models.TextChoices):
    """Why a case is before the meeting."""

    ALLOT = "allot", _("Allot a dwelling")
    LONG_STAY = "long_stay", _("Long in temporary accommodation")
    SWAP = "swap", _("Another dwelling, or go on in this one")
    AT_RISK = "at_risk", _("May lose the home")
    COOPERATE = "cooperate", _("Who does what")


class AgendaDecision(models.TextChoices):
    ALLOT = "allot", _("Allot the dwelling: an offer is made")
    RECOMMEND = "recommend", _("Recommend the dwelling to the unit of the case")
    FOLLOW_UP = "follow_up", _("Somebody does something by a day")
    POSTPONE = "postpone", _("Take it again next time")
    NOTED = "noted", _("Talked about, nothing to do")


#: Decisions that name a dwelling: it is kept for the case until the meeting is closed.
OF_A_DWELLING = [AgendaDecision.ALLOT, AgendaDecision.RECOMMEND]
#: Decisions that somebody answers for, by a day.
WITH_DEADLINE = [AgendaDecision.RECOMMEND, AgendaDecision.FOLLOW_UP]


class HousingMeetingQuerySet(models.QuerySet["HousingMeeting"]):
    def open(self) -> Self:
        return self.filter(status__in=OPEN_MEETINGS)

    def attended_by(self, employee: Employee) -> Self:
        return self.filter(Exists(MeetingMember.objects.filter(meeting=OuterRef("pk"), employee=employee)))


@tracked()
class HousingMeeting(ConcurrentTransitionMixin, models.Model):
    """Members of several services talk about cases and allot dwellings (boligmøte).

    `power` is what it may decide itself, as the municipality's rule was on the day it was planned. Closing it makes
    offers and tasks of what it decided, and takes back what its members were let see.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="housing_meetings")
    held_at = models.DateTimeField(_("when"))
    place = models.CharField(_("where"), max_length=100, blank=True)
    chair = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    status = FSMField(max_length=10, choices=MeetingStatus, default=MeetingStatus.PLANNED, protected=True)
    power = models.CharField(max_length=10, choices=MeetingPower)
    #: those who take part without signing in here, by service
    others = models.CharField(_("others who took part"), max_length=300, blank=True)
    next_at = models.DateTimeField(_("next meeting"), null=True, blank=True)
    planned_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    planned_at = models.DateTimeField()
    closed_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = HousingMeetingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="meeting_status_is_known", condition=Q(status__in=MeetingStatus.values)),
            models.CheckConstraint(name="meeting_power_is_known", condition=Q(power__in=MeetingPower.values)),
            models.CheckConstraint(
                name="meeting_closed_says_when_and_by_whom",
                condition=Q(status=MeetingStatus.CLOSED, closed_at__isnull=False, closed_by__isnull=False)
                | (~Q(status=MeetingStatus.CLOSED) & Q(closed_at__isnull=True, closed_by__isnull=True)),
            ),
            models.UniqueConstraint(
                name="meeting_once_a_unit_and_moment",
                fields=["unit", "held_at"],
                violation_error_message=_("The unit has a meeting at that time already."),
            ),
        ]
        indexes = [models.Index(name="meeting_by_unit", fields=["unit", "held_at"])]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.held_at:%Y-%m-%d %H:%M}"

    @property
    def is_open(self) -> bool:
        return self.status in OPEN_MEETINGS

    @property
    def may_allot(self) -> bool:
        return self.power == MeetingPower.ALLOTS

    @transition(field=status, source=MeetingStatus.PLANNED, target=MeetingStatus.HELD)
    def begin(self) -> None:
        """The meeting is held."""

    @transition(field=status, source=OPEN_MEETINGS, target=MeetingStatus.CLOSED)
    def close(self) -> None:
        """What was decided is carried out, and the agenda is shut."""


@tracked()
class MeetingMember(models.Model):
    """Who takes part in a housing meeting, and for which service (møtedeltaker)."""

    meeting = models.ForeignKey(HousingMeeting, on_delete=models.PROTECT, related_name="members")
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="meetings")
    service = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    is_absent = models.BooleanField(_("did not come"), default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="meeting_member_once_a_meeting",
                fields=["meeting", "employee"],
                violation_error_message=_("This person takes part already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.employee_id}"


@tracked(exclude=["content"])
class MeetingMinutes(models.Model):
    """The minutes of a housing meeting as they were printed when it was closed (referat fra boligmøte).

    They name nobody. Whoever may open the meeting may open them, unless a case in them is kept from the reader.
    """

    meeting = models.OneToOneField(HousingMeeting, on_delete=models.PROTECT, related_name="minutes")
    language = models.CharField(max_length=2, choices=Language)
    template_version = models.CharField(max_length=20)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(name="meeting_minutes_language_is_known", condition=Q(language__in=Language.values)),
            models.CheckConstraint(name="meeting_minutes_have_content", condition=~Q(content=b"")),
            models.CheckConstraint(
                name="meeting_minutes_tell_their_file", condition=Q(sha256__regex=r"^[0-9a-f]{64}$")
            ),
        ]

    def __str__(self) -> str:
        return f"minutes of {self.meeting_id}"


class AgendaItemQuerySet(models.QuerySet["AgendaItem"]):
    def undecided(self) -> Self:
        return self.filter(decision="")

    def postponed(self) -> Self:
        """To be taken again, and not on a later agenda yet."""
        return self.filter(decision=AgendaDecision.POSTPONE, meeting__status=MeetingStatus.CLOSED, carried_to=None)


@tracked()
class AgendaItem(models.Model):
    """One case before a housing meeting: what is asked, talked about and decided (sak i boligmøte).

    The texts name nobody: on the agenda a case is its number. `effected_on` is the day that closing the meeting made an
    offer or a task of what was decided.
    """

    meeting = models.ForeignKey(HousingMeeting, on_delete=models.PROTECT, related_name="items")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="agenda_items")
    number = models.PositiveSmallIntegerField(_("number"))
    question = models.CharField(_("question"), max_length=10, choices=AgendaQuestion)
    background = models.TextField(_("what the meeting needs to know"))
    proposal = models.TextField(_("proposal"), blank=True)
    proposed_dwelling = models.ForeignKey(Dwelling, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    carried_from = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="carried_to"
    )
    put_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    put_at = models.DateTimeField()

    note = models.TextField(_("what was said"), blank=True)
    decision = models.CharField(_("decision"), max_length=10, choices=AgendaDecision, blank=True)
    decision_text = models.TextField(_("what was decided, and why"), blank=True)
    dwelling = models.ForeignKey(Dwelling, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    responsible = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    deadline = models.DateField(_("deadline"), null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    effected_on = models.DateField(null=True, blank=True)

    objects = AgendaItemQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="agenda_item_question_is_known", condition=Q(question__in=AgendaQuestion.values)
            ),
            models.CheckConstraint(
                name="agenda_item_decision_is_known", condition=Q(decision__in=["", *AgendaDecision.values])
            ),
            models.CheckConstraint(name="agenda_item_says_what_it_is_about", condition=~Q(background="")),
            models.CheckConstraint(
                name="agenda_item_decided_has_time_person_and_reason",
                condition=Q(decision="", decision_text="", decided_at__isnull=True, decided_by__isnull=True)
                | (~Q(decision="") & ~Q(decision_text="") & Q(decided_at__isnull=False, decided_by__isnull=False)),
                violation_error_message=_("Write what was decided, and why."),
            ),
            models.CheckConstraint(
                name="agenda_item_dwelling_goes_with_its_decision",
                condition=Q(decision__in=OF_A_DWELLING, dwelling__isnull=False)
                | (~Q(decision__in=OF_A_DWELLING) & Q(dwelling__isnull=True)),
                violation_error_message=_("Say which dwelling."),
            ),
            models.CheckConstraint(
                name="agenda_item_deadline_goes_with_its_decision",
                condition=Q(decision__in=WITH_DEADLINE, responsible__isnull=False, deadline__isnull=False)
                | (~Q(decision__in=WITH_DEADLINE) & Q(responsible__isnull=True, deadline__isnull=True)),
                violation_error_message=_("Say who does it, and by when."),
            ),
            models.CheckConstraint(
                name="agenda_item_effected_after_it_was_decided",
                condition=Q(effected_on__isnull=True) | Q(decided_at__isnull=False),
            ),
            models.UniqueConstraint(name="agenda_item_number_once_a_meeting", fields=["meeting", "number"]),
            models.UniqueConstraint(
                name="agenda_item_once_a_meeting",
                fields=["meeting", "household"],
                violation_error_message=_("The case is on the agenda already."),
            ),
            models.UniqueConstraint(
                name="agenda_item_one_open_a_dwelling",
                fields=["dwelling"],
                condition=Q(dwelling__isnull=False, effected_on__isnull=True),
                violation_error_message=_("The dwelling is not available: it is kept for another case."),
            ),
        ]
        indexes = [models.Index(name="agenda_item_by_household", fields=["household", "meeting"])]

    def __str__(self) -> str:
        return f"{self.meeting_id}/{self.number}"

    @property
    def names_a_dwelling(self) -> bool:
        return self.decision in OF_A_DWELLING
