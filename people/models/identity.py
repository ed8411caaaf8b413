from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from people.history import tracked
from people.models.employee import Employee


@tracked()
class Identity(models.Model):
    """Who an employee is to a provider of identity (innloggingsidentitet): the issuer and the subject it gives them.

    The only thing one is known by at sign-in. Names and addresses change hands; a subject never does.
    """

    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="identities")
    issuer = models.CharField(max_length=255, db_collation="C")
    subject = models.CharField(max_length=255, db_collation="C")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="identity_is_one_employee",
                fields=["issuer", "subject"],
                violation_error_message=_("This identity already belongs to an employee."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.employee_id} {self.issuer}"
