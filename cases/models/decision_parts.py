from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cases.models.decision import Decision
from cases.models.decision_codes import TEXT_PARTS
from people.history import tracked
from people.models import Employee, Person

_CHILD_IS_FINAL = """
    IF EXISTS (SELECT FROM cases_decision d
               WHERE d.id = COALESCE(NEW.decision_id, OLD.decision_id)
                 AND d.status IN ('issued', 'notified', 'replaced', 'ended', 'annulled')) THEN
        RAISE EXCEPTION 'an issued decision never changes'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'decision_issued_never_changes';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; ELSE RETURN NEW; END IF;
"""


@tracked()
class ChildInterest(models.Model):
    """How the best interest of one child was looked into and weighed in a decision (barnets beste)."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="child_interests")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(_("the child's best interest"), blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(name="child_interest_once_a_child", fields=["decision", "person"])]
        triggers = [
            pgtrigger.Trigger(
                name="issued_is_final",
                level=pgtrigger.Row,
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=_CHILD_IS_FINAL,
            )
        ]

    def __str__(self) -> str:
        return f"{self.decision_id} {self.person_id}"


@tracked()
class DecisionCorrection(models.Model):
    """A slip in an issued decision put right, marked as such (retting): the text it had stays beside the new one."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="corrections")
    part = models.CharField(max_length=20)
    was = models.TextField()
    becomes = models.TextField(_("the text as it should be"))
    reason = models.CharField(_("what the slip was"), max_length=300)
    by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="decision_correction_part_is_known", condition=Q(part__in=TEXT_PARTS)),
            models.CheckConstraint(
                name="decision_correction_changes_something",
                condition=~Q(was=F("becomes")) & ~Q(becomes="") & ~Q(reason=""),
                violation_error_message=_("The text is as it was."),
            ),
        ]
        indexes = [models.Index(name="decision_correction_in_order", fields=["decision", "at"])]

    def __str__(self) -> str:
        return f"{self.decision_id} {self.part}"
