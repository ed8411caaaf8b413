from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_fsm import ConcurrentTransitionMixin, FSMField, transition

from cases import law
from cases.appeal_time import lodged_on
from cases.models.case import Case
from cases.models.decision import Decision
from cases.models.document import Document
from cases.models.received import ReceivedPaper
from cases.models.representative import Representative
from cases.models.request import Channel
from people.history import tracked
from people.models import Employee, Household, Person, Unit


class AppealStatus(models.TextChoices):
    RECEIVED = "received", _("Received")
    RECONSIDERING = "reconsidering", _("Being reconsidered")
    CHANGED = "changed", _("Decision changed in the appellant's favour")
    FORWARDED = "forwarded", _("Forwarded")
    ANSWERED = "answered", _("Answered")
    CLOSED = "closed", pgettext_lazy("appeal", "Closed")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    DISMISSED = "dismissed", _("Dismissed")


#: Statuses in which the unit has something to do, or waits for the body of appeal.
OPEN_APPEALS = [
    AppealStatus.RECEIVED,
    AppealStatus.RECONSIDERING,
    AppealStatus.CHANGED,
    AppealStatus.FORWARDED,
    AppealStatus.ANSWERED,
]
#: Statuses in which the unit has neither changed the decision nor sent the appeal on.
AT_THE_UNIT = [AppealStatus.RECEIVED, AppealStatus.RECONSIDERING]
#: Statuses of an appeal that was never taken up to be tried.
_NOT_TRIED = [AppealStatus.RECEIVED, AppealStatus.DISMISSED, AppealStatus.WITHDRAWN]


class Appellant(models.TextChoices):
    """In what right somebody appeals."""

    PARTY = "party", _("The party")
    AGENT = "agent", _("An agent")
    GUARDIAN = "guardian", _("A guardian")
    PARENT = "parent", _("Whoever has parental responsibility")
    CHILD = "child", _("A child of 15 or more")
    OUTSIDER = "outsider", _("Somebody else, who is no party")


class Excuse(models.TextChoices):
    """Why an appeal after its time is taken all the same: forvaltningsloven section 31."""

    NOT_TO_BLAME = "not_to_blame", _("Cannot be blamed for the delay")
    SPECIAL_REASONS = "special_reasons", _("Special reasons: it should be tried all the same")
    BODY_DECIDED = "body_decided", _("The body of appeal decided that it is to be tried")


class DismissalReason(models.TextChoices):
    TOO_LATE = "too_late", _("Too late, without an excuse")
    NOT_A_PARTY = "not_a_party", _("Whoever appeals has no right to")
    NO_DECISION = "no_decision", _("What is appealed is no decision")
    LACKING = "lacking", _("Lacks what it must have, and was not put right when asked")


class AppealAnswer(models.TextChoices):
    """What the body of appeal decided."""

    UPHELD = "upheld", _("Upheld")
    CHANGED = "changed", _("Changed in the appellant's favour")
    ANNULLED = "annulled", _("Annulled")
    SENT_BACK = "sent_back", _("Annulled and sent back to be tried anew")
    DISMISSED = "dismissed", _("Dismissed by the body of appeal")


class Consequence(models.TextChoices):
    """What the unit must do when the body has answered."""

    NONE = "none", _("Nothing")
    NEW_DECISION = "new_decision", _("A new decision")
    ANNUL = "annul", _("Annul the decision")
    TRY_APPEAL = "try_appeal", _("Try the appeal that was dismissed")


class AppealQuerySet(models.QuerySet["Appeal"]):
    def open(self) -> Self:
        return self.filter(status__in=OPEN_APPEALS)

    def at_the_unit(self) -> Self:
        """Neither changed, forwarded nor ended."""
        return self.filter(status__in=AT_THE_UNIT)

    def late(self, on: date) -> Self:
        """At the unit after the day it was to be changed or forwarded by."""
        return self.at_the_unit().filter(due_on__lt=on)

    def forwarded(self) -> Self:
        return self.filter(status=AppealStatus.FORWARDED)

    def lacking_consequence(self) -> Self:
        """Decided, and what follows is not carried out."""
        return self.filter(status__in=[AppealStatus.CHANGED, AppealStatus.ANSWERED])

    def for_lists(self) -> Self:
        return self.select_related("household", "decision", "unit")


@tracked()
class Appeal(ConcurrentTransitionMixin, models.Model):
    """Somebody appeals a decision (klage). The body that decides it follows from the decision's legal basis.

    It is lodged with the unit that decided, which reconsiders, and changes its decision or sends the appeal on.
    `last_day` and `absolute_day` are the time to appeal as it was known until the appeal was taken up or dismissed.
    `dismissal` is the earlier appeal whose dismissal this one is against. Sources: forvaltningsloven sections 28 to 34.
    """

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="appeals")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="appeals")
    #: the one that decided
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="appeals")
    #: another one, that it was given to and that handed it on
    lodged_with = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="appeals")
    dismissal = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="appealed_by")
    status = FSMField(max_length=15, choices=AppealStatus, default=AppealStatus.RECEIVED, protected=True)

    channel = models.CharField(_("channel"), max_length=15, choices=Channel)
    posted_on = models.DateField(_("posted"), null=True, blank=True)
    received_on = models.DateField(_("received"))
    appellant = models.CharField(_("who appeals"), max_length=10, choices=Appellant)
    #: the party, also where somebody appeals on their behalf; none for an outsider
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    representative = models.ForeignKey(
        Representative, on_delete=models.PROTECT, null=True, blank=True, related_name="appeals"
    )
    appellant_name = models.CharField(_("name of whoever is no party"), max_length=200, blank=True)
    against = models.TextField(_("what is appealed, and what they want"))
    is_signed = models.BooleanField(_("signed"), default=True)
    paper = models.ForeignKey(ReceivedPaper, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    last_day = models.DateField(null=True, blank=True)
    absolute_day = models.DateField()
    excuse = models.CharField(_("why it is taken"), max_length=15, choices=Excuse, blank=True)
    excuse_reason = models.TextField(_("reason"), blank=True)
    registered_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    registered_at = models.DateTimeField()
    acknowledge_by = models.DateField()
    acknowledged_on = models.DateField(null=True, blank=True)
    due_on = models.DateField()

    assessed_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    facts = models.TextField(_("the facts of the case"), blank=True)
    conclusion = models.TextField(_("conclusion"), blank=True)
    changes = models.TextField(_("what is changed"), blank=True)
    changed_on = models.DateField(null=True, blank=True)
    new_decision = models.ForeignKey(Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    forwarded_on = models.DateField(null=True, blank=True)
    statement = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    answered_on = models.DateField(_("day of the answer"), null=True, blank=True)
    answer = models.CharField(_("what they decided"), max_length=10, choices=AppealAnswer, blank=True)
    answer_reason = models.TextField(_("their reasons, in short"), blank=True)
    answer_reference = models.CharField(_("their reference"), max_length=60, blank=True)
    answer_paper = models.ForeignKey(ReceivedPaper, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    consequence = models.CharField(_("what the unit must do"), max_length=12, choices=Consequence, blank=True)
    consequence_due_on = models.DateField(null=True, blank=True)
    carried_out_on = models.DateField(null=True, blank=True)
    carried_out = models.CharField(_("what was done"), max_length=300, blank=True)

    dismissed_because = models.CharField(_("why"), max_length=12, choices=DismissalReason, blank=True)
    dismissal_reason = models.TextField(_("reason"), blank=True)
    dismissed_on = models.DateField(null=True, blank=True)
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawn_because = models.CharField(_("how it was withdrawn"), max_length=300, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    #: the last letter to the appellant on what came of it
    outcome_letter = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = AppealQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="appeal_status_is_known", condition=Q(status__in=AppealStatus.values)),
            models.CheckConstraint(name="appeal_channel_is_known", condition=Q(channel__in=Channel.values)),
            models.CheckConstraint(name="appeal_appellant_is_known", condition=Q(appellant__in=Appellant.values)),
            models.CheckConstraint(name="appeal_excuse_is_known", condition=Q(excuse__in=["", *Excuse.values])),
            models.CheckConstraint(
                name="appeal_posted_before_it_was_received",
                condition=Q(posted_on__isnull=True) | Q(posted_on__lte=F("received_on")),
                violation_error_message=_("It cannot have been posted after it was received."),
            ),
            models.CheckConstraint(
                name="appeal_says_who_appeals",
                condition=Q(appellant="outsider", person__isnull=True, representative__isnull=True)
                & ~Q(appellant_name="")
                | ~Q(appellant="outsider") & Q(person__isnull=False, appellant_name=""),
                violation_error_message=_("Say who appeals."),
            ),
            models.CheckConstraint(
                name="appeal_says_what_is_appealed",
                condition=~Q(against=""),
                violation_error_message=_("Say what is appealed."),
            ),
            models.CheckConstraint(
                name="appeal_of_an_outsider_is_not_tried",
                condition=~Q(appellant="outsider") | Q(status__in=_NOT_TRIED),
                violation_error_message=_("Whoever appeals is no party: dismiss the appeal, or say who it is for."),
            ),
            models.CheckConstraint(
                name="appeal_after_its_time_is_excused",
                condition=Q(status__in=_NOT_TRIED)
                | Q(last_day__isnull=True)
                | Q(received_on__lte=F("last_day"))
                | Q(posted_on__isnull=False, posted_on__lte=F("last_day"))
                | ~Q(excuse="") & ~Q(excuse_reason=""),
                violation_error_message=_("The appeal came too late: say why it is taken all the same, or dismiss it."),
            ),
            models.CheckConstraint(
                name="appeal_is_taken_within_a_year",
                condition=Q(status__in=_NOT_TRIED)
                | Q(received_on__lte=F("absolute_day"))
                | Q(posted_on__isnull=False, posted_on__lte=F("absolute_day")),
                violation_error_message=_("More than a year has passed since the decision: the appeal is dismissed."),
            ),
            models.CheckConstraint(
                name="appeal_changed_says_what_and_when",
                condition=~Q(status="changed")
                | (~Q(changes="") & Q(changed_on__isnull=False, new_decision__isnull=False)),
            ),
            models.CheckConstraint(
                name="appeal_forwarded_with_its_statement",
                condition=~Q(status__in=["forwarded", "answered"])
                | (~Q(facts="") & ~Q(conclusion="") & Q(forwarded_on__isnull=False, statement__isnull=False)),
                violation_error_message=_("An appeal is forwarded with the unit's own statement."),
            ),
            models.CheckConstraint(
                name="appeal_answer_is_whole",
                condition=Q(answer="", answered_on__isnull=True, consequence="")
                | (
                    Q(answer__in=AppealAnswer.values, consequence__in=Consequence.values)
                    & Q(answered_on__isnull=False, forwarded_on__isnull=False, answered_on__gte=F("forwarded_on"))
                ),
                violation_error_message=_("An answer is of the day the appeal was forwarded, or later."),
            ),
            models.CheckConstraint(name="appeal_answered_says_what", condition=~Q(status="answered") | ~Q(answer="")),
            models.CheckConstraint(
                name="appeal_dismissed_says_why",
                condition=~Q(status="dismissed")
                | (
                    Q(dismissed_because__in=DismissalReason.values, dismissed_on__isnull=False)
                    & ~Q(dismissal_reason="")
                ),
                violation_error_message=_("Say why the appeal is dismissed."),
            ),
            models.CheckConstraint(
                name="appeal_withdrawn_says_when_and_how",
                condition=~Q(status="withdrawn") | (Q(withdrawn_on__isnull=False) & ~Q(withdrawn_because="")),
                violation_error_message=_("Say how it was withdrawn."),
            ),
            models.CheckConstraint(
                name="appeal_closed_says_when", condition=~Q(status="closed") | Q(closed_on__isnull=False)
            ),
            models.UniqueConstraint(
                name="appeal_one_open_an_appellant",
                fields=["decision", "dismissal", "person", "appellant", "appellant_name"],
                condition=Q(status__in=OPEN_APPEALS),
                nulls_distinct=False,
                violation_error_message=_("They have appealed this decision already: write more in that appeal."),
            ),
        ]
        indexes = [
            models.Index(name="appeal_open_by_unit", fields=["unit", "due_on"], condition=Q(status__in=OPEN_APPEALS)),
            models.Index(name="appeal_by_household", fields=["household", "received_on"]),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.status}"

    @property
    def body(self) -> law.Body:
        """Who decides it, as the decision's legal basis says: kept nowhere and typed by nobody."""
        return law.basis(self.decision.basis).body

    @property
    def lodged_on(self) -> date:
        """The day that counts against the time to appeal."""
        return lodged_on(received_on=self.received_on, posted_on=self.posted_on)

    @property
    def is_late(self) -> bool:
        """Whether it came after its time, excused or not."""
        return self.last_day is not None and self.lodged_on > self.last_day

    @property
    def is_barred(self) -> bool:
        """Whether it came more than a year after the decision: no excuse helps."""
        return self.lodged_on > self.absolute_day

    @property
    def is_open(self) -> bool:
        return self.status in OPEN_APPEALS

    @transition(field=status, source=AppealStatus.RECEIVED, target=AppealStatus.RECONSIDERING)
    def reconsider(self, *, by: Employee) -> None:
        """Taken up: the unit looks at the case anew."""
        self.assessed_by = by

    @transition(field=status, source=AppealStatus.RECONSIDERING, target=AppealStatus.CHANGED)
    def change(self, *, on: date) -> None:
        """The unit changes its decision in the appellant's favour (medhold): a new decision is to be issued."""
        self.changed_on = on

    @transition(field=status, source=AppealStatus.RECONSIDERING, target=AppealStatus.FORWARDED)
    def forward(self, *, on: date) -> None:
        """Sent on to the body of appeal with the unit's statement, perhaps after a change in part."""
        self.forwarded_on = on

    @transition(field=status, source=AppealStatus.FORWARDED, target=AppealStatus.ANSWERED)
    def answer_by_body(self, *, answer: str, on: date) -> None:
        """The body of appeal has decided."""
        self.answer, self.answered_on = answer, on

    @transition(field=status, source=[AppealStatus.CHANGED, AppealStatus.ANSWERED], target=AppealStatus.CLOSED)
    def close(self, *, on: date) -> None:
        """What follows is carried out."""
        self.closed_on = on

    @transition(
        field=status,
        source=[AppealStatus.RECEIVED, AppealStatus.RECONSIDERING, AppealStatus.FORWARDED],
        target=AppealStatus.WITHDRAWN,
    )
    def withdraw(self, *, on: date, because: str) -> None:
        """Taken back by whoever appealed; a body that has it is told."""
        self.withdrawn_on, self.withdrawn_because = on, because

    @transition(field=status, source=[AppealStatus.RECEIVED, AppealStatus.RECONSIDERING], target=AppealStatus.DISMISSED)
    def dismiss(self, *, on: date, because: str, reason: str) -> None:
        """Not taken (avvist): too late, by somebody without a right to it, or against no decision. It is appealable."""
        self.dismissed_on, self.dismissed_because, self.dismissal_reason = on, because, reason

    @transition(field=status, source=AppealStatus.DISMISSED, target=AppealStatus.RECONSIDERING)
    def take_up_again(self, *, by: Employee) -> None:
        """To be tried all the same: the body of appeal undid the dismissal."""
        self.assessed_by = by
