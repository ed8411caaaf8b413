from __future__ import annotations

from datetime import datetime
from typing import Any, Self

from django.contrib.postgres.fields import ArrayField
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django_fsm import ConcurrentTransitionMixin, FSMField, transition

from people.history import tracked
from people.models import Employee, Municipality


class ReportKind(models.TextChoices):
    KOSTRA = "kostra", _("KOSTRA form 13")
    RESULT = "result", _("Annual result report")


class ReportState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    CHECKED = "checked", _("Checked")
    EXPLAINED = "explained", _("Explained")
    APPROVED = "approved", _("Approved")
    LOCKED = "locked", _("Locked")
    SENT = "sent", _("Sent")


#: A report in one of these holds its figures and never changes them.
SEALED = (ReportState.LOCKED, ReportState.SENT)
#: One in these can be taken back to the draft.
UNDER_WAY = (ReportState.CHECKED, ReportState.EXPLAINED, ReportState.APPROVED)
_IS_SEALED = Q(state__in=[state.value for state in SEALED])


class ReportQuerySet(models.QuerySet["Report"]):
    def under_way(self) -> Self:
        return self.exclude(_IS_SEALED)

    def of(self, kind: ReportKind, municipality: str, year: int) -> Self:
        """Every version, the newest first."""
        return self.filter(kind=kind, municipality=municipality, year=year).order_by("-version")


@tracked()
class Report(ConcurrentTransitionMixin, models.Model):
    """A year's report to the state or the council, from draft to sent (årsrapportering).

    A locked one holds its figures, the lists behind them and the rules they were counted by; `digest` tells whether
    they still are what was locked. What is corrected later goes into a new version.
    """

    kind = models.CharField(max_length=10, choices=ReportKind)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="reports")
    year = models.PositiveSmallIntegerField(_("year"))
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    state = FSMField(max_length=10, choices=ReportState, default=ReportState.DRAFT, protected=True)
    made_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    #: which rule of counting each figure is read by, where another than the ordinary is chosen
    rules = models.JSONField(default=dict, blank=True)
    approved_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    known_at = models.DateTimeField(null=True, blank=True)
    locked_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    locked_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    content = models.JSONField(default=dict, blank=True, encoder=DjangoJSONEncoder)
    digest = models.CharField(max_length=64, blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="report_kind_is_known", condition=Q(kind__in=ReportKind.values)),
            models.CheckConstraint(name="report_state_is_known", condition=Q(state__in=ReportState.values)),
            models.CheckConstraint(name="report_versions_begin_at_one", condition=Q(version__gte=1)),
            models.UniqueConstraint(name="report_version_once", fields=["kind", "municipality", "year", "version"]),
            models.UniqueConstraint(
                name="report_one_under_way",
                fields=["kind", "municipality", "year"],
                condition=~_IS_SEALED,
                violation_error_message=_("There is a report of this year under way. Work on that one."),
            ),
            models.CheckConstraint(
                name="report_is_approved_by_another",
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("made_by")),
                violation_error_message=_("Somebody else than who made the report approves it."),
            ),
            models.CheckConstraint(
                name="report_is_sealed_when_locked",
                condition=~_IS_SEALED
                | Q(
                    digest__regex=r"^[0-9a-f]{64}$",
                    approved_by__isnull=False,
                    known_at__isnull=False,
                    locked_at__isnull=False,
                    locked_by__isnull=False,
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.year}"

    @property
    def is_sealed(self) -> bool:
        return self.state in SEALED

    @transition(field=state, source=ReportState.DRAFT, target=ReportState.CHECKED)
    def check_off(self) -> None:
        """The checks are gone through."""

    @transition(field=state, source=ReportState.CHECKED, target=ReportState.EXPLAINED)
    def explain(self) -> None:
        """What changed much is explained."""

    @transition(field=state, source=ReportState.EXPLAINED, target=ReportState.APPROVED)
    def approve(self, *, by: Employee, at: datetime) -> None:
        """A second person stands by it."""
        self.approved_by, self.approved_at = by, at

    @transition(field=state, source=list(UNDER_WAY), target=ReportState.DRAFT)
    def take_back(self) -> None:
        """Back to the draft; who approved it approves it again."""
        self.approved_by, self.approved_at = None, None

    @transition(field=state, source=ReportState.APPROVED, target=ReportState.LOCKED)
    def lock(self, *, content: dict[str, Any], digest: str, by: Employee, at: datetime) -> None:
        """From now on it never changes."""
        self.content, self.digest = content, digest
        self.known_at, self.locked_by, self.locked_at = at, by, at

    @transition(field=state, source=ReportState.LOCKED, target=ReportState.SENT)
    def send(self, *, at: datetime) -> None:
        """Handed in where it is to go."""
        self.sent_at = at


class ReportList(models.Model):
    """Those behind one figure of a locked report, by reference (liste bak et låst tall). Appended, never changed."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="lists")
    key = models.CharField(max_length=60)
    refs = ArrayField(models.CharField(max_length=64), default=list, blank=True)
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="report_list_once", fields=["report", "key"]),
            models.CheckConstraint(name="report_list_has_a_digest", condition=Q(digest__regex=r"^[0-9a-f]{64}$")),
        ]

    def __str__(self) -> str:
        return self.key


class ReportSeal(models.Model):
    """The digest of a report as it was when it was locked (segl). Appended, never changed, and entered in the ledger:
    contents and digest of the report rewritten together show here.
    """

    report = models.OneToOneField(Report, on_delete=models.PROTECT, related_name="seal")
    digest = models.CharField(max_length=64)
    by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="report_seal_has_a_digest", condition=Q(digest__regex=r"^[0-9a-f]{64}$")),
        ]

    def __str__(self) -> str:
        return self.digest


class Step(models.TextChoices):
    BEGUN = "begun", _("Begun")
    ANSWERED = "answered", _("Answered what is not counted")
    COMPARED = "compared", _("Typed in last year's figures")
    REMARKED = "remarked", _("Explained a figure or set a check aside")
    READ = "read", _("Chose another reading")
    CHECKED = "checked", _("Went through the checks")
    EXPLAINED = "explained", _("Explained the changes")
    APPROVED = "approved", _("Approved")
    TAKEN_BACK = "taken_back", _("Took it back to the draft")
    LOCKED = "locked", _("Locked")
    SENT = "sent", _("Marked as sent")


#: Whoever took one of these steps has made the report, and does not approve it.
MAKING = (Step.BEGUN, Step.ANSWERED, Step.COMPARED, Step.REMARKED, Step.READ, Step.CHECKED, Step.EXPLAINED)


class ReportStep(models.Model):
    """Something done to a report, by whom and when (steg i rapporteringen). Appended, never changed."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="steps")
    step = models.CharField(max_length=10, choices=Step)
    by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="report_step_is_known", condition=Q(step__in=Step.values)),
        ]

    def __str__(self) -> str:
        return self.step


@tracked()
class ReportAnswer(models.Model):
    """What the municipality answers for a cell that nothing registered here counts (svar på skjemaet)."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="answers")
    key = models.CharField(_("cell"), max_length=60)
    value = models.PositiveIntegerField(_("value"))
    by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="report_answer_once", fields=["report", "key"]),
        ]

    def __str__(self) -> str:
        return self.key


@tracked()
class FormFinding(models.Model):
    """What would fail in a year's form if it were filled in today, and since when (avvik i skjemaet).

    Found by the first job of the day; `cleared_on` when it finds it no more.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("year"))
    key = models.CharField(max_length=60)
    count = models.PositiveIntegerField()
    found_on = models.DateField()
    cleared_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="form_finding_open_once",
                fields=["municipality", "year", "key"],
                condition=Q(cleared_on__isnull=True),
            ),
            models.CheckConstraint(name="form_finding_finds_something", condition=Q(count__gte=1)),
            models.CheckConstraint(
                name="form_finding_is_cleared_after_it_is_found",
                condition=Q(cleared_on__isnull=True) | Q(cleared_on__gte=F("found_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.year}"


class RemarkKind(models.TextChoices):
    EXPLANATION = "explanation", _("Explanation of a change")
    SUPPRESSION = "suppression", _("Check set aside")


@tracked()
class ReportRemark(models.Model):
    """What is said of one figure or one check of a report (merknad i rapporten).

    `found`: how many a check found when it was set aside. It is of no more that somebody has said why.
    """

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="remarks")
    kind = models.CharField(max_length=12, choices=RemarkKind)
    key = models.CharField(max_length=60)
    text = models.CharField(_("explanation"), max_length=500)
    found = models.PositiveIntegerField(null=True, blank=True)
    by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="report_remark_kind_is_known", condition=Q(kind__in=RemarkKind.values)),
            models.CheckConstraint(name="report_remark_says_something", condition=~Q(text="")),
            models.UniqueConstraint(name="report_remark_once", fields=["report", "kind", "key"]),
        ]

    def __str__(self) -> str:
        return self.key


@tracked()
class SentCell(models.Model):
    """A figure that the municipality has sent to KOSTRA before, typed in or imported (innsendt tall)."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="sent_cells")
    year = models.PositiveSmallIntegerField(_("year"))
    cell = models.CharField(_("cell"), max_length=60)
    value = models.PositiveIntegerField(_("value"))
    source = models.CharField(_("source"), max_length=200, blank=True)
    by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="sent_cell_once", fields=["municipality", "year", "cell"]),
            models.CheckConstraint(name="sent_cell_year_is_one", condition=Q(year__gte=1990, year__lte=2200)),
        ]

    def __str__(self) -> str:
        return f"{self.cell} {self.year}"
