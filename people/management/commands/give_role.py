"""The way in for a unit's first administrator; from then on roles are given in the pages."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.timezone import localdate

from people.actions.roles import give_role
from people.models import Employee, Role, Unit
from people.refusals import Refusal


class Command(BaseCommand):
    """Gives an employee a role at a unit from today."""

    help = "Gives an employee a role at a unit from today, as the command line's own actor."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username", help="the employee's")
        parser.add_argument("role", choices=Role.values)
        parser.add_argument("unit", help="the unit's reference")
        parser.add_argument(
            "--until", type=date.fromisoformat, help="the first day without the role; an auditor needs one"
        )
        parser.add_argument("--reason", required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        employee = Employee.objects.filter(username=options["username"], is_system=False).first()
        unit = Unit.objects.filter(ref=options["unit"]).first()
        if employee is None:
            raise CommandError(f"There is no employee with the user name {options['username']}.")
        if unit is None:
            raise CommandError(f"There is no unit with the reference {options['unit']}.")
        at = timezone.now()
        try:
            give_role(
                employee_id=employee.pk,
                unit_id=unit.pk,
                role=Role(options["role"]),
                starts_on=localdate(at),
                ends_on=options["until"],
                reason=options["reason"],
                by=Employee.objects.get(username="command"),
                at=at,
            )
        except Refusal as refusal:
            raise CommandError(str(refusal.message)) from None
        self.stdout.write(f"{employee.username} is now {options['role']} at {unit.name}.")
