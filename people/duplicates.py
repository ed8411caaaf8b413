"""Whether somebody is registered already, told without giving a hidden person away."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import FloatField, Func, Q, QuerySet, TextField, Value
from django.db.models.functions import Lower
from django.utils.translation import gettext

from people.access import persons_not_withheld
from people.duty import duty_contact_for
from people.models import Employee, Household, Member, Person
from people.refusals import Refusal

#: From 0, nothing in common, to 1: names this alike are shown as perhaps the same person.
ALIKE = 0.45


class NotToBeToldHere(Refusal):
    """The same for every blocked person, so that the answer does not say why, nor that there is one.

    `person_id` is for those who are told of it at once (`people.actions.counter`), never for the page.
    """

    def __init__(self, person: Person | None, *, by: Employee, at: datetime, field: str = "") -> None:
        contact = duty_contact_for(by, at=at)
        if contact is None:
            sentence = gettext("This person cannot be registered here now. Ring the duty contact.")
        else:
            words = gettext("This person cannot be registered here now. Ring the duty contact: %(name)s, %(phone)s.")
            sentence = words % {"name": contact.name, "phone": contact.phone}
        super().__init__(sentence, field=field)
        self.person_id = person.pk if person else None


class FollowedElsewhere(Refusal):
    """The person is in a household that another unit follows, and that the employee does not see."""

    def __init__(self, household: Household, *, on: date, field: str = "") -> None:
        answers = household.responsibilities.on(on).select_related("unit").first()
        if answers is None:
            sentence = gettext("This person's household is followed by another unit. Ring the duty contact.")
        else:
            words = gettext(
                "This person's household is followed by %(unit)s, telephone %(phone)s. Ring them, or use the emergency"
                " door if it cannot wait."
            )
            sentence = words % {"unit": answers.unit.name, "phone": answers.unit.phone or gettext("not known")}
        super().__init__(sentence, field=field)


def person_with_number(number: str, *, by: Employee, at: datetime, field: str = "national_id") -> Person | None:
    """Who is registered with this national id, all digits and no spaces.

    :raises NotToBeToldHere: when that person is hidden from the employee
    """
    person = Person.objects.with_number(number).first()
    if person is not None and is_withheld(person, by=by, at=at):
        raise NotToBeToldHere(person, by=by, at=at, field=field)
    return person


def persons_alike(name: str, born_on: date, *, is_approximate: bool, by: Employee, at: datetime) -> list[Person]:
    """Those the employee may see with the same birth date and a similar name, most similar first.

    Where either birth date is approximate the year is enough. A hidden person is left out in silence: there is no
    number here to block, and any answer would tell.
    """
    if not name:
        return []
    same_day = Q(born_on=born_on) | Q(is_birth_approximate=True, born_on__year=born_on.year)
    if is_approximate:
        same_day |= Q(born_on__year=born_on.year)
    asked = _folded(Value(name, output_field=TextField()))
    likeness = Func(_folded("name"), asked, function="similarity", output_field=FloatField())
    told = persons_not_withheld(_in_visible_households(by, at).filter(same_day), by, at=at)
    found = told.annotate(likeness=likeness).filter(likeness__gte=ALIKE)
    return list(found.order_by("-likeness", "pk"))


def is_withheld(person: Person, *, by: Employee, at: datetime) -> bool:
    """Whether the employee may not learn of this person: protected, or living with somebody who is."""
    return not persons_not_withheld(Person.objects.filter(pk=person.pk), by, at=at).exists()


def is_known_to(person: Person, *, by: Employee, at: datetime) -> bool:
    """Whether the employee has met the person in a household, and may still learn of them."""
    met = by.is_system or _in_visible_households(by, at).filter(pk=person.pk).exists()
    return met and not is_withheld(person, by=by, at=at)


def _in_visible_households(by: Employee, at: datetime) -> QuerySet[Person]:
    households = Household.objects.visible_to(by, at=at)
    return Person.objects.filter(pk__in=Member.objects.filter(household__in=households).values("person"))


def _folded(text: str | Value) -> Func:
    """Without accents and capitals: ø is o, å is a, æ is ae."""
    return Lower(Func(text, function="unaccent", output_field=TextField()))
