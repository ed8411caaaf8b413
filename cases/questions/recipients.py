"""Who is to get a letter about a household that day: the facts for `cases.recipients`, and its answer in words."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from cases.models import Representative
from cases.recipients import Addressed, Ages, Facts, Hindrance, Lack, Party, Standing, StandsIn, addressed
from cases.wording import day_in_words
from housing.masking import SPECIAL_KINDS
from people.access import shielded_households
from people.models import Household, Language, Member, MemberRole

#: Members who are a party to what the household applies for.
PARTIES = (MemberRole.APPLICANT, MemberRole.PARTNER)
_AGES = Ages(own_letter=15, adult=18)


def addressed_on(household: Household, *, on: date, kind: str = "") -> Addressed:
    """Who gets a letter about the household on a day, and what stops it. A constant number of statements.

    :param kind: the decision's, for a letter of a decision
    """
    is_shielded = shielded_households(Household.objects.filter(pk=household.pk), on=on).exists()
    return addressed(
        Facts(
            parties=parties_of(household, on=on),
            stand_ins=[_stands_in(one) for one in household.representatives.on(on).order_by("starts_on", "pk")],
            on=on,
            ages=_AGES,
            default_language=Language.BOKMAL,
            kind=kind,
            address="" if is_shielded else _address(household, on),
            is_shielded=is_shielded,
        )
    )


def parties_of(household: Household, *, on: date) -> list[Party]:
    """Applicant and partner as members that day, the applicant first: not who has left, nor who only lives there."""
    members = household.members.on(on).filter(role__in=PARTIES).select_related("person")
    return [_party(one) for one in sorted(members, key=lambda one: (PARTIES.index(MemberRole(one.role)), one.pk))]


def hindrance_in_words(hindrance: Hindrance) -> str:
    """Why the letter cannot leave, and what to do about it."""
    words = {
        Lack.NOBODY: _("Nobody in the household is a party: register an applicant."),
        Lack.NO_PARENT: _(
            "%(name)s is too young to get the letter: register who has parental responsibility and gets it."
        ),
        Lack.PARENT_UNKNOWN: _("%(name)s is not of age: register who has parental responsibility."),
        Lack.DEAD: _("%(name)s died on %(day)s: no letter goes to somebody who is dead."),
    }
    day = day_in_words(hindrance.died_on) if hindrance.died_on else ""
    return words[hindrance.lack] % {"name": hindrance.name, "day": day}


def must_get_it(standing: Standing) -> str:
    """Why a letter does not leave without this recipient."""
    return {
        Standing.PARTY: _("The party must get it."),
        Standing.GUARDIAN: _("The guardian must get it."),
        Standing.AGENT: _("The agent must get it."),
        Standing.PARENT: _("Whoever has parental responsibility must get it."),
    }[standing]


def _party(member: Member) -> Party:
    person = member.person
    return Party(
        person_id=person.pk,
        name=str(person),
        born_on=person.born_on,
        language=person.letter_language,
        needs_interpreter=person.needs_interpreter,
        spoken=person.language,
        died_on=person.died_on,
    )


def _stands_in(one: Representative) -> StandsIn:
    return StandsIn(
        representative_id=one.pk,
        person_id=one.person_id,
        standing=Standing(one.kind),
        name=one.name,
        scope=one.scope,
        organisation=one.organisation,
        address=one.address,
        gets_letters=one.gets_letters,
    )


def _address(household: Household, day: date) -> str:
    """Where post reaches them that day, never a place that tells of prison, health, violence or drugs."""
    residence = household.residences.on(day).select_related("provider", "dwelling").first()
    if residence is None or residence.kind in SPECIAL_KINDS:
        return ""
    if residence.provider is not None:
        return ", ".join(part for part in (residence.provider.name, residence.provider.address) if part)
    return residence.dwelling.address if residence.dwelling else ""
