"""Keys to the figures' interface: given, withdrawn, used."""

from __future__ import annotations

import secrets
from datetime import date, datetime
from hashlib import sha256

from django.core.exceptions import PermissionDenied
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from housing.states import add_months
from kpi.models import ApiToken
from people.access import units_with
from people.models import Employee
from people.refusals import Refusal
from people.roles import Permission
from people.transactions import act

_SECRET_BYTES = 32
#: A key holds at most so long; then somebody says again that the system is to have one.
LONGEST_MONTHS = 12


class CannotGiveToken(Refusal):
    """The key cannot be given so."""


class CannotWithdrawToken(Refusal):
    """The key has been withdrawn already."""


@act
def give_token(*, municipality: str, name: str, expires_on: date, by: Employee, at: datetime) -> str:
    """→ the secret, told this once: only its fingerprint is kept. One of the same name that has run out is withdrawn.

    :raises PermissionDenied: when `by` gives no keys in the municipality
    :raises CannotGiveToken: without a name, for longer than a year, or when a live one has the name
    """
    _require(by, municipality, at=at)
    today, name = localdate(at), name.strip()
    if not name:
        raise CannotGiveToken(_("Write which system is to fetch the figures."), field="name")
    if expires_on < today:
        raise CannotGiveToken(_("The last day has passed."), field="expires_on")
    if expires_on > add_months(today, LONGEST_MONTHS):
        raise CannotGiveToken(_("A key holds for a year at most."), field="expires_on")
    for one in ApiToken.objects.filter(municipality=municipality, name=name, withdrawn_at__isnull=True):
        if one.is_live(at=at):
            raise CannotGiveToken(
                _("There is a key with this name. Withdraw it first, or choose another name."), field="name"
            )
        _withdraw(one, by=by, at=at)
    secret = secrets.token_urlsafe(_SECRET_BYTES)
    ApiToken.objects.create(
        municipality_id=municipality,
        name=name,
        fingerprint=fingerprint(secret),
        given_by=by,
        given_at=at,
        expires_on=expires_on,
    )
    return secret


@act
def withdraw_token(*, token_id: int, by: Employee, at: datetime) -> ApiToken:
    """Let it open nothing any more, from now on.

    :raises PermissionDenied: when `by` gives no keys in its municipality, or there is none
    :raises CannotWithdrawToken: when it has been withdrawn
    """
    token = ApiToken.objects.select_for_update(no_key=True).filter(pk=token_id).first()
    if token is None:
        raise PermissionDenied
    _require(by, token.municipality_id, at=at)
    if token.withdrawn_at is not None:
        raise CannotWithdrawToken(_("This key has been withdrawn already."))
    _withdraw(token, by=by, at=at)
    return token


def take_token(secret: str, *, at: datetime) -> ApiToken | None:
    """The live key with this secret, noted as used that day; None where there is none. Nobody acts."""
    token = ApiToken.objects.live(at=at).filter(fingerprint=fingerprint(secret)).first()
    today = localdate(at)
    if token is not None and token.last_used_on != today:
        token.last_used_on = today
        token.save(update_fields=["last_used_on"])
    return token


def fingerprint(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()


def _require(by: Employee, municipality: str, *, at: datetime) -> None:
    if not units_with(by, Permission.GIVE_TOKENS, at=at).filter(municipality=municipality).exists():
        raise PermissionDenied


def _withdraw(token: ApiToken, *, by: Employee, at: datetime) -> None:
    token.withdrawn_at, token.withdrawn_by = at, by
    token.save(update_fields=["withdrawn_at", "withdrawn_by"])
