"""What a decision can be, do and come to, as codes."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class DecisionStatus(models.TextChoices):
    """Where a decision stands. What only the days tell (in force, run out) is `stage_on`, never stored."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Waits for approval")
    ORAL = "oral", _("Given by word of mouth, to be written down")
    ISSUED = "issued", _("Issued")
    NOTIFIED = "notified", _("Notified")
    REPLACED = "replaced", _("Replaced by another decision")
    ENDED = "ended", _("Brought to an end")
    ANNULLED = "annulled", _("Annulled")


class Stage(models.TextChoices):
    """Where a decision stands on a day (fase)."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Waits for approval")
    ORAL = "oral", _("By word of mouth")
    ISSUED = "issued", _("Issued")
    NOTIFIED = "notified", _("Notified")
    IN_FORCE = "in_force", _("In force")
    RUN_OUT = "run_out", _("Ran out")
    REPLACED = "replaced", _("Replaced")
    ENDED = "ended", _("Ended")
    ANNULLED = "annulled", _("Annulled")


class DecisionKind(models.TextChoices):
    TEMPORARY = "temporary", _("Temporary accommodation")
    HOUSING_HELP = "housing_help", _("Help to get and keep a home")
    DWELLING = "dwelling", _("Municipal dwelling")
    START_LOAN = "start_loan", _("Start loan")
    GRANT = "grant", _("Housing grant")
    INDIVIDUAL_PLAN = "individual_plan", _("Individual plan")
    GUARANTEE = "guarantee", _("Guarantee")
    DEPOSIT = "deposit", _("Deposit")


class DecisionMove(models.TextChoices):
    """Whether a decision is the first on its matter, or changes or ends an earlier one."""

    NEW = "new", _("New")
    CHANGE = "change", _("Change of an earlier decision")
    END = "end", _("End of an earlier decision")


class DecisionResult(models.TextChoices):
    GRANTED = "granted", _("Granted")
    PARTLY = "partly", _("Granted in part")
    REFUSED = "refused", pgettext_lazy("decision", "Refused")
    DISMISSED = "dismissed", _("Dismissed without being tried")
    ENDED = "ended", _("Ended")


#: Statuses of a text that will never change again.
FINAL = ["issued", "notified", "replaced", "ended", "annulled"]
#: Statuses of what the household has been given and that has held at some time.
GIVEN = ["oral", "issued", "notified", "replaced", "ended"]
#: Statuses of one that held no longer than until `ended_on`.
CUT_SHORT = ["replaced", "ended", "annulled"]
#: Results that give something.
GRANTING = ["granted", "partly"]
#: The parts that are text, by their columns, in the letter's order. A child's best interest is rows of its own.
TEXT_PARTS = (
    "facts",
    "considerations",
    "start_reason",
    "user_view",
    "main_content",
    "expected_wait",
    "conditions",
    "next_time",
)
