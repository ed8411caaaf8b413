"""Letting an employee sign in by a provider that gives nobody roles, such as ID-porten."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import IntegrityError
from django.utils import timezone

from people.actions.sign_ins import link_identity
from people.constraints import constraint_message
from people.models import Employee


class Command(BaseCommand):
    """Makes one identity the employee's."""

    help = "Lets whoever a provider of identity gives this reference sign in as the employee."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username", help="the employee's")
        parser.add_argument("provider", choices=sorted(settings.VARIG_PROVIDERS), help="its table in VARIG_SIGN_IN")
        # an option: a reference may begin with a dash
        parser.add_argument("--reference", required=True, help="what the page that turned them away shows")

    def handle(self, *args: Any, **options: Any) -> None:
        employee = Employee.objects.filter(username=options["username"], is_system=False).first()
        if employee is None:
            raise CommandError(f"There is no employee with the user name {options['username']}.")
        try:
            link_identity(
                employee=employee,
                issuer=settings.VARIG_PROVIDERS[options["provider"]].issuer,
                subject=options["reference"],
                by=Employee.objects.get(username="command"),
                at=timezone.now(),
            )
        except IntegrityError as error:
            raise CommandError(constraint_message(error) or str(error)) from None
        self.stdout.write(f"{employee.username} can sign in by {options['provider']}.")
