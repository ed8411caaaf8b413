"""Who is to get a letter about a household that day: the facts for `cases.recipients`, and its answer in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from cases.law import CHOICES, value
from cases.models import Representative, RepresentativeKind
from cases.questions.law import choices_of
from cases.recipients import Addressed, Ages, Facts, Hindrance, Lack, Party, Recipient, Standing, StandsIn, addressed
from cases.wording import day_in_words
from housing.masking import SPECIAL_KINDS
from people.access import shielded_households
from people.models import Household, Language, Member, MemberRole, Person

#: Members who are a party to what the household applies for.
PARTIES = (MemberRole.APPLICANT, MemberRole.PARTNER)


def addressed_on(household: Household, *, on: date, kind: str = "", language: str = "") -> Addressed:
    """Who gets a letter about the household on a day, and what stops it. A constant number of statements.

    :param kind: the decision's, for a letter of a decision
    :param language: of the letter to who has chosen none; left out, the municipality's
    """
    is_shielded = shielded_households(Household.objects.filter(pk=household.pk), on=on).exists()
    return addressed(
        Facts(
            parties=parties_of(household, on=on),
            stand_ins=[_stands_in(one) for one in _acting(household, on)],
            on=on,
            ages=ages_on(household, on),
            default_language=language or CHOICES["letter_language"].on(on, choices_of(household.municipality_id)),
            kind=kind,
            address="" if is_shielded else _address(household, on),
            is_shielded=is_shielded,
        )
    )


def ages_on(household: Household, day: date) -> Ages:
    """The limits of age that the law in force that day sets in the household's municipality."""
    choices = choices_of(household.municipality_id)
    return Ages(
        own_letter=value("young_party.from_age", on=day, choices=choices),
        adult=value("of_age.from_age", on=day, choices=choices),
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


@dataclass(frozen=True, kw_only=True)
class ToRow:
    """One recipient as a page names them. `note`: what to know before it leaves."""

    key: str
    name: str
    standing: str
    language: str
    how: str
    notes: list[str]
    needs_confirmation: bool


@dataclass(frozen=True, kw_only=True)
class ToWhom:
    """Whom a letter goes to and what stops it, in words."""

    rows: list[ToRow]
    stops: list[str]
    can_leave: bool
    tells_place: bool


def to_whom(household: Household, *, on: date, kind: str = "", language: str = "") -> ToWhom:
    """What stands under "To" before a letter is issued; the parameters are those of `addressed_on`."""
    found = addressed_on(household, on=on, kind=kind, language=language)
    return ToWhom(
        rows=[_row(one) for one in found.recipients],
        stops=[*(hindrance_in_words(one) for one in found.hindrances), *_estates(household, on)],
        can_leave=found.can_leave,
        tells_place=found.tells_place,
    )


def _estates(household: Household, day: date) -> list[str]:
    """Whom to turn to instead, where somebody is dead."""
    rows = household.representatives.on(day).filter(kind=RepresentativeKind.ESTATE).order_by("pk")
    sentence = _("For the estate: %(who)s.")
    return [sentence % {"who": ", ".join(part for part in (row.name, row.phone) if part)} for row in rows]


def _row(one: Recipient) -> ToRow:
    behalf = {"name": one.on_behalf_of}
    standing = {
        Standing.PARTY: _("Party"),
        Standing.GUARDIAN: _("Guardian of %(name)s") % behalf,
        Standing.AGENT: _("Agent of %(name)s") % behalf,
        Standing.PARENT: _("Has parental responsibility for %(name)s") % behalf,
    }
    return ToRow(
        key=one.key,
        name=", ".join(part for part in (one.name, one.organisation) if part),
        standing=standing[one.standing],
        language=str(Language(one.language).label),
        how=_("Handed over as agreed, without an address") if one.is_by_hand else one.address or _("No address known"),
        notes=_notes(one),
        needs_confirmation=one.needs_confirmation,
    )


def _notes(one: Recipient) -> list[str]:
    notes = []
    if one.standing is Standing.AGENT:
        notes.append(_("No letter leaves without the agent."))
    if one.needs_confirmation:
        notes.append(_("The address is protected: confirm for each letter that they may have it."))
    if one.explaining is not None:
        language = one.explaining.language or _("a language not yet known")
        notes.append(_("To be explained with an interpreter: %(language)s.") % {"language": language})
    return notes


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


def representatives_of(household: Household, *, on: date, people: QuerySet[Person]) -> list[Representative]:
    """Everybody registered, those of today first; of a member who has left only where `people` has them."""
    here = household.members.on(on).values("person")
    rows = household.representatives.filter(Q(person__in=here) | Q(person__in=people))
    found = rows.select_related("person", "paper").defer("paper__content").order_by("starts_on", "pk")
    return sorted(found, key=lambda row: row.ends_on is not None and row.ends_on <= on)


def _acting(household: Household, day: date) -> QuerySet[Representative]:
    """Those who act for the living."""
    acting = household.representatives.on(day).exclude(kind=RepresentativeKind.ESTATE)
    return acting.order_by("starts_on", "pk")


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
