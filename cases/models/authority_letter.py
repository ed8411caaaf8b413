from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from people.history import tracked
from people.models import Employee, Household


class Authority(models.TextChoices):
    STATSFORVALTEREN = "statsforvalteren", _("Statsforvalteren")
    KLAGENEMND = "klagenemnd", _("The municipal board of appeals")
    OMBUDSMAN = "ombudsman", _("The parliamentary ombudsman")
    HEALTH_SUPERVISION = "health_supervision", _("The board of health supervision")
    COURT = "court", _("A court or conciliation board")
    ENFORCEMENT = "enforcement", _("The enforcement officer")
    DATA_PROTECTION = "data_protection", _("The data protection authority")
    MUNICIPALITY = "municipality", _("Another municipality")
    OTHER = "other", _("Another authority")


@tracked()
class AuthorityLetter(models.Model):
    """A letter in which another authority asks something by a day (brev fra annen myndighet), and its answer."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="authority_letters")
    authority = models.CharField(_("who wrote"), max_length=20, choices=Authority)
    reference = models.CharField(_("their reference"), max_length=60, blank=True)
    asks = models.CharField(_("what they ask for"), max_length=300)
    received_on = models.DateField(_("received"))
    due_on = models.DateField(_("to be answered by"))
    registered_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    answered_on = models.DateField(_("answered"), null=True, blank=True)
    answered_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answer = models.CharField(_("what was answered"), max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="authority_letter_authority_is_known", condition=Q(authority__in=Authority.values)
            ),
            models.CheckConstraint(
                name="authority_letter_says_what_it_asks",
                condition=~Q(asks=""),
                violation_error_message=_("Write what they ask for."),
            ),
            models.CheckConstraint(
                name="authority_letter_is_due_after_it_came",
                condition=Q(due_on__gte=F("received_on")),
                violation_error_message=_("The deadline cannot be before the letter came."),
            ),
            models.CheckConstraint(
                name="authority_letter_answered_has_day_person_and_words",
                condition=Q(answered_on__isnull=True, answered_by__isnull=True, answer="")
                | (Q(answered_on__isnull=False, answered_by__isnull=False) & ~Q(answer="")),
            ),
            models.CheckConstraint(
                name="authority_letter_answered_after_it_came",
                condition=Q(answered_on__isnull=True) | Q(answered_on__gte=F("received_on")),
                violation_error_message=_("It cannot have been answered before it came."),
            ),
        ]
        indexes = [
            models.Index(
                name="authority_letter_unanswered", fields=["household"], condition=Q(answered_on__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return f"{self.authority} {self.household_id}"
