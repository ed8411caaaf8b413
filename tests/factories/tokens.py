"""Keys to the figures."""

from __future__ import annotations

from hashlib import sha256

from factory.declarations import LazyAttribute, Sequence, SubFactory
from factory.django import DjangoModelFactory

from kpi.models import ApiToken
from tests.factories.people import AT, DAY, KONGSBERG, EmployeeFactory


class ApiTokenFactory(DjangoModelFactory[ApiToken]):
    """A live key of Kongsberg's; `secret` is what opens."""

    class Meta:
        model = ApiToken

    class Params:
        secret = Sequence(lambda n: f"secret-{n}")

    municipality_id = KONGSBERG
    name = Sequence(lambda n: f"System {n}")
    fingerprint = LazyAttribute(lambda one: sha256(one.secret.encode()).hexdigest())
    given_by = SubFactory(EmployeeFactory)
    given_at = AT
    expires_on = DAY
