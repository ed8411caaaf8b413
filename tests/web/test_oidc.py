"""Signing in by a provider of identity: who is let in, and every answer that is not to be trusted."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import jwt
import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from people.identity_providers import MappedRole
from people.models import Employee, Identity, Role, RoleGrant, Unit
from tests.factories.people import AT, DAY, EmployeeFactory, IdentityFactory, RoleGrantFactory, UnitFactory
from tests.web.identity import (
    CLIENT,
    SECRET,
    SUBJECT,
    LocalProvider,
    come_back,
    go,
    public,
    serving,
    signed,
    told_of,
)
from tests.web.pages import text_of

pytestmark = pytest.mark.django_db

UNTRUSTED = "The answer from Entra ID could not be trusted"


class Clock:
    def __init__(self) -> None:
        self.now = AT

    def __call__(self) -> datetime:
        return self.now

    def passes(self, **time: float) -> None:
        self.now += timedelta(**time)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    stopped = Clock()
    monkeypatch.setattr(timezone, "now", stopped)
    return stopped


@pytest.fixture
def provider(clock: Clock, settings: LazySettings) -> Iterator[LocalProvider]:
    with serving(clock) as provider:
        settings.VARIG_PROVIDERS = {"entra": told_of(provider)}
        yield provider


@pytest.fixture
def kari(provider: LocalProvider) -> Employee:
    kari = EmployeeFactory.create(name="Kari Prøve")
    IdentityFactory.create(employee=kari, issuer=provider.issuer, subject=SUBJECT)
    return kari


def who_is_in(client: Client) -> int | None:
    pk = client.session.get("_auth_user_id")
    return int(pk) if pk else None


def tries(client: Client, provider: LocalProvider, **changes: str | None) -> Any:
    go(client, provider)
    return come_back(client, provider, **changes)


def is_turned_away(client: Client, provider: LocalProvider, sentence: str = UNTRUSTED, **changes: str | None) -> bool:
    answer = tries(client, provider, **changes)
    return answer.status_code == 403 and sentence in text_of(answer) and who_is_in(client) is None


# Let in


def test_whoever_the_provider_vouches_for_is_let_in_and_goes_on(
    client: Client, provider: LocalProvider, kari: Employee
) -> None:
    go(client, provider, next="/providers")
    answer = come_back(client, provider)
    assert (answer.status_code, answer["Location"]) == (302, "/providers")
    assert who_is_in(client) == kari.pk


def test_the_provider_is_asked_for_a_code_with_a_proof_key_a_state_and_a_nonce(
    client: Client, provider: LocalProvider, kari: Employee
) -> None:
    tries(client, provider)
    params = provider.asked.params
    assert provider.asked.address == f"{provider.issuer}/authorize"
    assert (params["response_type"], params["scope"], params["client_id"]) == ("code", "openid", CLIENT)
    assert params["redirect_uri"] == "http://testserver/sign-in/by/entra/answer"
    assert params["code_challenge_method"] == "S256"
    assert len(params["nonce"]) > 40
    assert provider.challenge_is_met()
    assert provider.exchanged["client_secret"] == SECRET


def test_what_is_asked_for_cannot_be_added_to_from_the_address(
    client: Client, provider: LocalProvider, kari: Employee
) -> None:
    start = reverse("people:sign_in_by", args=["entra"])
    go(client, provider, f"{start}?scope=offline_access&auth_params=prompt%3Dnone&process=connect", scope="email")
    assert provider.asked.params["scope"] == "openid"
    assert "prompt" not in provider.asked.params
    come_back(client, provider)
    assert who_is_in(client) == kari.pk


def test_a_form_s_answer_stays_here_and_a_page_goes_on_to_the_provider(client: Client, provider: LocalProvider) -> None:
    page = go(client, provider)
    assert (page.status_code, "You are being taken to Entra ID." in text_of(page)) == (200, True)
    assert "form-action 'self'" in page["Content-Security-Policy"]
    assert 'href="http://127.0.0.1' in page.content.decode()


def test_signing_in_gives_the_session_a_new_id(client: Client, provider: LocalProvider, kari: Employee) -> None:
    go(client, provider)
    before = client.session.session_key
    come_back(client, provider)
    assert client.session.session_key != before


def test_nobody_is_led_to_another_site(client: Client, provider: LocalProvider, kari: Employee) -> None:
    go(client, provider, next="https://example.org/")
    assert come_back(client, provider)["Location"] == "/"


def test_the_tokens_are_kept_nowhere(client: Client, provider: LocalProvider, kari: Employee) -> None:
    provider.claims = {"pid": "15858510055", "email": "kari@example.org"}
    tries(client, provider)
    kept = json.dumps(dict(client.session))
    assert "15858510055" not in kept
    assert "kari@example.org" not in kept
    assert "not used" not in kept


def test_none_of_allauth_s_own_pages_has_an_address() -> None:
    for name in ("account_login", "account_signup", "account_reset_password", "account_email", "openid_connect_login"):
        with pytest.raises(NoReverseMatch):
            reverse(name)


def test_a_provider_that_is_not_ours_does_not_exist(client: Client, provider: LocalProvider) -> None:
    assert client.post(reverse("people:sign_in_by", args=["google"])).status_code == 404
    assert client.get(reverse("people:sign_in_answer", args=["google"])).status_code == 404


def test_one_starts_at_the_provider_by_a_button_alone(client: Client, provider: LocalProvider) -> None:
    assert client.get(reverse("people:sign_in_by", args=["entra"])).status_code == 405
    page = client.get(reverse("people:sign_in"), HTTP_ACCEPT_LANGUAGE="en")
    assert "Sign in with Entra ID" in text_of(page)
    assert b"autofocus" not in page.content


def test_without_local_passwords_the_provider_is_the_only_way_in(
    client: Client, provider: LocalProvider, settings: LazySettings
) -> None:
    Employee.objects.create_user(username="kari", name="Kari Prøve", password="long-enough-for-anyone")
    settings.VARIG_LOCAL_PASSWORDS = False
    page = client.get(reverse("people:sign_in"))
    assert b"password" not in page.content
    sent = client.post(reverse("people:sign_in"), {"username": "kari", "password": "long-enough-for-anyone"})
    assert (sent.status_code, who_is_in(client)) == (404, None)


# Tokens that are not to be trusted


def test_a_token_of_another_issuer_is_refused(client: Client, provider: LocalProvider, kari: Employee) -> None:
    provider.claims = {"iss": "https://login.example.org"}
    assert is_turned_away(client, provider)


def test_a_token_made_for_another_system_is_refused(client: Client, provider: LocalProvider, kari: Employee) -> None:
    provider.claims = {"aud": "payroll"}
    assert is_turned_away(client, provider)


def test_a_token_for_several_that_was_issued_to_another_is_refused(
    client: Client, provider: LocalProvider, kari: Employee
) -> None:
    provider.claims = {"aud": [CLIENT, "payroll"]}
    assert is_turned_away(client, provider)
    provider.claims = {"aud": [CLIENT, "payroll"], "azp": "payroll"}
    assert is_turned_away(client, provider)


def test_a_token_signed_by_somebody_else_under_the_right_name_is_refused(
    client: Client, provider: LocalProvider, kari: Employee
) -> None:
    provider.sign = lambda claims: signed(claims, key="two")
    assert is_turned_away(client, provider)


def test_a_token_changed_after_it_was_signed_is_refused(
    client: Client, provider: LocalProvider, kari: Employee
) -> None:
    def changed(claims: dict[str, Any]) -> str:
        head, _body, signature = signed({**claims, "sub": "somebody else"}).split(".")
        body = base64.urlsafe_b64encode(json.dumps(claims).encode()).rstrip(b"=").decode()
        return f"{head}.{body}.{signature}"

    provider.sign = changed
    assert is_turned_away(client, provider)


def test_a_token_without_a_signature_is_refused(client: Client, provider: LocalProvider, kari: Employee) -> None:
    provider.sign = lambda claims: jwt.encode(claims, key="", algorithm="none", headers={"kid": "one"})
    assert is_turned_away(client, provider)


def test_a_token_signed_with_the_secret_we_share_is_refused(
    client: Client, provider: LocalProvider, kari: Employee
) -> None:
    provider.sign = lambda claims: jwt.encode(claims, SECRET * 2, algorithm="HS256", headers={"kid": "one"})
    assert is_turned_away(client, provider)


def test_a_token_signed_in_another_way_than_its_key_is_for_is_refused(
    client: Client, provider: LocalProvider, kari: Employee
) -> None:
    provider.keys = [public("one", kty="oct", k="c2VjcmV0")]
    assert is_turned_away(client, provider)


def test_a_token_that_names_a_key_the_provider_does_not_have_is_refused(
    client: Client, provider: LocalProvider, kari: Employee
) -> None:
    provider.sign = lambda claims: signed(claims, kid="three")
    assert is_turned_away(client, provider)


def test_a_token_that_names_no_key_is_refused(client: Client, provider: LocalProvider, kari: Employee) -> None:
    provider.sign = lambda claims: signed(claims, kid=None)
    assert is_turned_away(client, provider)


def test_a_token_that_has_expired_is_refused(client: Client, provider: LocalProvider, kari: Employee) -> None:
    now = int(AT.timestamp())
    provider.claims = {"iat": now - 400, "exp": now - 61}
    assert is_turned_away(client, provider)


def test_a_token_issued_long_ago_is_refused_however_long_it_lasts(
    client: Client, provider: LocalProvider, kari: Employee
) -> None:
    now = int(AT.timestamp())
    provider.claims = {"iat": now - 601, "exp": now + 86_400}
    assert is_turned_away(client, provider)


@pytest.mark.parametrize("claim", ["nbf", "iat"])
def test_a_token_that_is_not_valid_yet_is_refused(
    client: Client, provider: LocalProvider, kari: Employee, claim: str
) -> None:
    provider.claims = {claim: int(AT.timestamp()) + 61}
    assert is_turned_away(client, provider)


def test_clocks_that_differ_by_less_than_a_minute_are_no_reason_to_refuse(
    client: Client, provider: LocalProvider, kari: Employee
) -> None:
    now = int(AT.timestamp())
    provider.claims = {"iat": now + 59, "nbf": now + 59, "exp": now + 300}
    tries(client, provider)
    assert who_is_in(client) == kari.pk


@pytest.mark.parametrize("claim", ["exp", "iat"])
@pytest.mark.parametrize("value", [None, "tomorrow", True])
def test_a_token_that_does_not_say_from_when_and_until_when_is_refused(
    client: Client, provider: LocalProvider, kari: Employee, claim: str, value: object
) -> None:
    provider.claims = {claim: value}
    assert is_turned_away(client, provider)


def test_a_token_that_answers_no_question_is_refused(client: Client, provider: LocalProvider, kari: Employee) -> None:
    provider.claims = {"nonce": None}
    assert is_turned_away(client, provider)


def test_a_token_that_answers_another_question_is_refused(
    client: Client, provider: LocalProvider, kari: Employee
) -> None:
    go(client, provider)
    provider.claims = {"nonce": provider.asked.params["nonce"]}
    assert is_turned_away(client, provider)


@pytest.mark.parametrize("subject", [None, "", 7, "x" * 256])
def test_a_token_about_nobody_is_refused(
    client: Client, provider: LocalProvider, kari: Employee, subject: object
) -> None:
    provider.claims = {"sub": subject}
    assert is_turned_away(client, provider)


@pytest.mark.parametrize("means", [None, [], ["pwd"], "pwd", {"mfa": True}])
def test_a_token_that_does_not_say_that_two_factors_were_used_is_refused(
    client: Client, provider: LocalProvider, kari: Employee, means: object
) -> None:
    provider.claims = {"amr": means}
    assert is_turned_away(client, provider, "Varig asks for two factors")


def test_an_answer_without_an_id_token_is_refused(client: Client, provider: LocalProvider, kari: Employee) -> None:
    provider.sign = lambda claims: None
    assert is_turned_away(client, provider)


def test_what_is_no_token_at_all_is_refused(client: Client, provider: LocalProvider, kari: Employee) -> None:
    provider.sign = lambda claims: "not.a.token"
    assert is_turned_away(client, provider)


# Answers that are not to be trusted


def test_the_same_answer_is_taken_once(client: Client, provider: LocalProvider, kari: Employee) -> None:
    tries(client, provider)
    client.post(reverse("people:sign_out"))
    again = come_back(client, provider)
    assert (again.status_code, who_is_in(client)) == (403, None)


def test_an_answer_is_taken_from_the_browser_that_asked_alone(
    client: Client, provider: LocalProvider, kari: Employee
) -> None:
    go(client, provider)
    other = Client()
    assert come_back(other, provider).status_code == 403
    assert who_is_in(other) is None


def test_an_answer_to_no_question_is_refused(client: Client, provider: LocalProvider, kari: Employee) -> None:
    assert is_turned_away(client, provider, state="guessed")
    assert is_turned_away(client, provider, state=None)


def test_an_answer_in_the_name_of_another_issuer_is_refused(
    client: Client, provider: LocalProvider, kari: Employee
) -> None:
    assert is_turned_away(client, provider, iss="https://login.example.org")


def test_a_code_that_the_provider_does_not_know_is_refused(
    client: Client, provider: LocalProvider, kari: Employee
) -> None:
    provider.token_status = 400
    assert is_turned_away(client, provider)


def test_a_document_that_speaks_for_another_issuer_is_not_followed(client: Client, provider: LocalProvider) -> None:
    provider.document = {"issuer": "https://login.example.org"}
    page = go(client, provider)
    assert (page.status_code, UNTRUSTED in text_of(page)) == (403, True)


def test_a_provider_over_https_leads_nobody_over_an_open_line(
    client: Client, provider: LocalProvider, settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    provider.document = {"issuer": "https://login.example.org"}
    settings.VARIG_PROVIDERS = {"entra": told_of(provider, issuer="https://login.example.org")}
    monkeypatch.setattr("people.oidc.Provider.server_url", provider.issuer)
    assert go(client, provider).status_code == 403


def test_whoever_cancels_is_told_that_nothing_happened(client: Client, provider: LocalProvider) -> None:
    assert is_turned_away(client, provider, "You cancelled at Entra ID.", code=None, error="access_denied")
    assert is_turned_away(client, provider, code=None, error="server_error")


def test_a_provider_that_does_not_answer_is_no_error_of_ours(
    client: Client, provider: LocalProvider, settings: LazySettings
) -> None:
    go(client, provider)
    settings.VARIG_PROVIDERS = {"entra": told_of(provider, issuer="http://127.0.0.1:9")}
    for page in (come_back(client, provider), go(client, provider)):
        assert (page.status_code, "Entra ID does not answer" in text_of(page)) == (503, True)


def test_a_refusal_is_logged_without_what_the_token_said(
    client: Client, provider: LocalProvider, caplog: pytest.LogCaptureFixture
) -> None:
    provider.claims = {"aud": "payroll", "email": "kari@example.org"}
    tries(client, provider)
    assert "Sign-in by entra refused: untrusted: InvalidAudienceError" in caplog.text
    assert SUBJECT not in caplog.text
    assert "example.org" not in caplog.text


# Who it is


def test_somebody_unknown_here_is_turned_away_with_the_reference_to_ask_with(
    client: Client, provider: LocalProvider
) -> None:
    answer = tries(client, provider)
    assert (answer.status_code, who_is_in(client)) == (403, None)
    assert "you have no access to Varig" in text_of(answer)
    assert SUBJECT in text_of(answer)


def test_the_same_subject_of_another_issuer_is_somebody_else(client: Client, provider: LocalProvider) -> None:
    IdentityFactory.create(issuer="https://login.example.org", subject=SUBJECT)
    assert is_turned_away(client, provider, "you have no access to Varig")


def test_an_address_or_a_name_makes_nobody_known(client: Client, provider: LocalProvider) -> None:
    EmployeeFactory.create(username="kari@example.org", email="kari@example.org", name="Kari Prøve")
    provider.claims = {
        "email": "kari@example.org",
        "email_verified": True,
        "preferred_username": "kari@example.org",
        "name": "Kari Prøve",
    }
    assert is_turned_away(client, provider, "you have no access to Varig")


def test_a_disabled_employee_is_turned_away(client: Client, provider: LocalProvider, kari: Employee) -> None:
    Employee.objects.filter(pk=kari.pk).update(is_active=False)
    assert is_turned_away(client, provider, "you have no access to Varig")


def test_an_actor_of_the_system_is_nobody_to_sign_in_as(client: Client, provider: LocalProvider) -> None:
    actor = Employee.objects.get(username="calendar")
    IdentityFactory.create(employee=actor, issuer=provider.issuer, subject=SUBJECT)
    assert is_turned_away(client, provider, "you have no access to Varig")


def test_an_employee_disabled_while_signed_in_is_out_at_the_next_request(
    client: Client, provider: LocalProvider, kari: Employee
) -> None:
    tries(client, provider)
    assert client.get("/").status_code == 200
    Employee.objects.filter(pk=kari.pk).update(is_active=False)
    assert client.get("/").status_code == 302


# Roles that follow from groups


@pytest.fixture
def unit(provider: LocalProvider, settings: LazySettings) -> Unit:
    unit = UnitFactory.create(name="NAV Kongsberg")
    roles = (
        MappedRole(group="case", role="caseworker", unit=unit.ref),
        MappedRole(group="lead", role="team_leader", unit=unit.ref),
    )
    settings.VARIG_PROVIDERS = {"entra": told_of(provider, roles=roles)}
    return unit


def roles_of(employee: Employee) -> list[tuple[str, str]]:
    return sorted(RoleGrant.objects.on(DAY).filter(employee=employee).values_list("role", "reason"))


def test_somebody_new_whose_group_gives_a_role_is_let_in_with_it(
    client: Client, provider: LocalProvider, unit: Unit
) -> None:
    provider.claims = {"groups": ["case", "choir"], "name": "Nina Ny"}
    assert tries(client, provider).status_code == 302
    [nina] = Employee.objects.filter(pk=who_is_in(client) or 0)
    assert (nina.name, nina.has_usable_password()) == ("Nina Ny", False)
    assert Identity.objects.get(employee=nina).subject == SUBJECT
    [grant] = RoleGrant.objects.filter(employee=nina)
    assert (grant.role, grant.unit, grant.starts_on, grant.ends_on) == (Role.CASEWORKER, unit, DAY, None)
    assert (grant.reason, grant.granted_by.username) == ("group entra/case", "sign_in")


def test_somebody_new_whose_groups_give_nothing_is_turned_away(
    client: Client, provider: LocalProvider, unit: Unit
) -> None:
    provider.claims = {"groups": ["choir"]}
    assert is_turned_away(client, provider, "you have no access to Varig")
    assert not Identity.objects.exists()


def test_a_group_at_a_unit_that_is_not_here_gives_nothing(
    client: Client, provider: LocalProvider, settings: LazySettings
) -> None:
    elsewhere = (MappedRole(group="case", role="caseworker", unit="elsewhere"),)
    settings.VARIG_PROVIDERS = {"entra": told_of(provider, roles=elsewhere)}
    provider.claims = {"groups": ["case"]}
    assert is_turned_away(client, provider, "you have no access to Varig")


def test_a_role_ends_on_the_day_its_group_is_gone_and_comes_back_with_it(
    client: Client, provider: LocalProvider, unit: Unit, kari: Employee, clock: Clock
) -> None:
    clock.passes(days=-30)
    provider.claims = {"groups": ["case", "lead"]}
    tries(client, provider)
    clock.passes(days=30)

    provider.claims = {"groups": ["case"]}
    tries(client, provider)
    assert roles_of(kari) == [("caseworker", "group entra/case")]
    assert RoleGrant.objects.get(employee=kari, role=Role.TEAM_LEADER).ends_on == DAY

    provider.claims = {"groups": ["case", "lead"]}
    tries(client, provider)
    assert roles_of(kari) == [("caseworker", "group entra/case"), ("team_leader", "group entra/lead")]


def test_a_role_given_and_lost_the_same_day_is_gone_at_once(
    client: Client, provider: LocalProvider, unit: Unit, kari: Employee
) -> None:
    provider.claims = {"groups": ["case"]}
    tries(client, provider)
    provider.claims = {"groups": None}
    tries(client, provider)
    assert roles_of(kari) == []


def test_a_role_that_a_person_gave_is_neither_doubled_nor_ended_by_groups(
    client: Client, provider: LocalProvider, unit: Unit, kari: Employee
) -> None:
    given = {"employee": kari, "unit": unit, "starts_on": DAY, "confirmed_on": DAY, "reason": "Works here"}
    RoleGrantFactory.create(role=Role.CASEWORKER, **given)
    provider.claims = {"groups": ["case"]}
    tries(client, provider)
    assert roles_of(kari) == [("caseworker", "Works here")]
    provider.claims = {"groups": []}
    tries(client, provider)
    assert roles_of(kari) == [("caseworker", "Works here")]


def test_a_group_that_still_gives_a_role_confirms_it(
    client: Client, provider: LocalProvider, unit: Unit, kari: Employee, clock: Clock
) -> None:
    provider.claims = {"groups": ["case"]}
    clock.passes(days=-400)
    tries(client, provider)
    assert roles_of(kari) == []
    clock.passes(days=400)
    tries(client, provider)
    assert roles_of(kari) == [("caseworker", "group entra/case")]
    assert RoleGrant.objects.get(employee=kari).confirmed_on == DAY


@pytest.mark.parametrize("told", [{"_claim_names": {"groups": "src1"}}, {"hasgroups": True}])
def test_groups_that_were_too_many_to_tell_end_no_role(
    client: Client, provider: LocalProvider, unit: Unit, kari: Employee, told: dict[str, Any]
) -> None:
    provider.claims = {"groups": ["case"]}
    tries(client, provider)
    client.post(reverse("people:sign_out"))
    provider.claims = told
    assert is_turned_away(client, provider, "Entra ID cannot list your groups")
    assert roles_of(kari) == [("caseworker", "group entra/case")]


# A new proof, and out again


def test_a_new_proof_is_asked_for_even_of_those_signed_in_at_the_provider(
    client: Client, provider: LocalProvider, kari: Employee, clock: Clock
) -> None:
    tries(client, provider)
    again = reverse("people:sign_in_again")
    assert "Sign in again with Entra ID" in text_of(client.get(again, HTTP_ACCEPT_LANGUAGE="en"))
    clock.passes(minutes=11)
    go(client, provider, again, next="/providers")
    assert (provider.asked.params["prompt"], provider.asked.params["max_age"]) == ("login", "0")
    before = client.session["varig_began"]

    assert come_back(client, provider)["Location"] == "/providers"

    assert client.session["varig_proved"] == clock.now.timestamp()
    assert client.session["varig_began"] == before


@pytest.mark.parametrize("when", [None, -120])
def test_a_proof_from_before_it_was_asked_for_is_none(
    client: Client, provider: LocalProvider, kari: Employee, when: int | None
) -> None:
    tries(client, provider)
    go(client, provider, reverse("people:sign_in_again"))
    provider.claims = {"auth_time": None if when is None else int(AT.timestamp()) + when}
    answer = come_back(client, provider)
    assert (answer.status_code, "Entra ID did not ask you anew" in text_of(answer)) == (403, True)


def test_somebody_elses_proof_is_none_and_changes_nobody(
    client: Client, provider: LocalProvider, kari: Employee
) -> None:
    tries(client, provider)
    IdentityFactory.create(issuer=provider.issuer, subject="ola")
    go(client, provider, reverse("people:sign_in_again"))
    provider.claims = {"sub": "ola"}
    answer = come_back(client, provider)
    assert (answer.status_code, "Somebody else signed in at Entra ID" in text_of(answer)) == (403, True)
    assert who_is_in(client) == kari.pk


def test_signing_out_ends_the_session_here_and_then_at_the_provider(
    client: Client, provider: LocalProvider, kari: Employee
) -> None:
    provider.document = {"end_session_endpoint": f"{provider.issuer}/out"}
    tries(client, provider)
    go(client, provider, reverse("people:sign_out"))
    assert who_is_in(client) is None
    assert provider.asked.address == f"{provider.issuer}/out"
    assert provider.asked.params == {
        "client_id": CLIENT,
        "post_logout_redirect_uri": "http://testserver/signed-out",
    }
    assert "You are signed out" in text_of(client.get("/signed-out", HTTP_ACCEPT_LANGUAGE="en"))
