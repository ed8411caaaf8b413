from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Self

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Lower, Replace
from django.utils.translation import gettext_lazy as _

from people.encrypted_fields import EncryptedNumberField, hash_of
from people.history import tracked
from people.models.employee import Language
from people.references import new_ref


class IdKind(models.TextChoices):
    """What kind of national id somebody has; the digits' rules stand in `people.national_ids`."""

    NONE = "none", _("No national id")
    FODSELSNUMMER = "fodselsnummer", _("National identity number")
    D_NUMBER = "d_number", _("D-number")
    SYNTHETIC = "synthetic", _("Synthetic number")
    DUF = "duf", _("DUF number")


class Protection(models.TextChoices):
    """Grade of protected address (adressebeskyttelse), mildest first."""

    NONE = "none", _("Not protected")
    CLIENT_ADDRESS = "client_address", _("Client address")
    CONFIDENTIAL = "confidential", _("Confidential address")
    STRICTLY_CONFIDENTIAL = "strictly_confidential", _("Strictly confidential address")
    STRICTLY_CONFIDENTIAL_ABROAD = "strictly_confidential_abroad", _("Strictly confidential address, abroad")

    def is_milder_than(self, other: str) -> bool:
        grades = list(Protection)
        return grades.index(self) < grades.index(Protection(other))


#: Grades that only the special unit deals with (K6).
STRICT = (Protection.STRICTLY_CONFIDENTIAL, Protection.STRICTLY_CONFIDENTIAL_ABROAD)
#: Grades that take a household out of ordinary lists.
SHIELDED = (Protection.CONFIDENTIAL, *STRICT)


#: Letters that are looked for as another: one folding for search, ø as o, å as a, æ as ae (docs/glossary.md).
FOLDED = ("øöòóôåäàáâèéêëùúûüìíîïçñ", "oooooaaaaaeeeeuuuuiiiicn")


class Translate(Func):
    """`translate(text, from, to)`: letter by letter."""

    function = "translate"
    output_field = models.CharField()


class PersonQuerySet(models.QuerySet["Person"]):
    def with_number(self, number: str) -> Self:
        """Whoever has this national id, all digits and no spaces: nobody or one."""
        return self.with_numbers([number])

    def with_numbers(self, numbers: Iterable[str]) -> Self:
        field = Person._meta.get_field("national_id")
        hashes = (field.hashes(number) for number in numbers if number)
        return self.filter(national_id_hash__in=[one for known in hashes for one in known])


@tracked(exclude=["name_key", "national_id_hash"])
class Person(models.Model):
    """A human being we help, or one who lives with them (person); the birth date may be approximate."""

    ref = models.CharField(max_length=64, unique=True, default=new_ref, db_collation="C")
    national_id = EncryptedNumberField(_("national id"), blank=True, place="people_person.national_id")
    national_id_hash = hash_of("national_id")
    id_kind = models.CharField(max_length=15, choices=IdKind, default=IdKind.NONE)
    name = models.CharField(_("name"), max_length=200, blank=True)
    name_key = models.GeneratedField(
        expression=Replace(Translate(Lower("name"), Value(FOLDED[0]), Value(FOLDED[1])), Value("æ"), Value("ae")),
        output_field=models.CharField(max_length=200, db_collation="C"),
        db_persist=True,
    )
    born_on = models.DateField(_("birth date"))
    is_birth_approximate = models.BooleanField(_("the birth date is approximate"), default=False)
    protection = models.CharField(_("protected address"), max_length=30, choices=Protection, default=Protection.NONE)
    protection_from = models.DateField(null=True, blank=True)
    protection_to = models.DateField(null=True, blank=True)
    #: when somebody decided that nothing is to be masked any more; the end of the protection alone unmasks nothing
    unmasked_at = models.DateTimeField(null=True, blank=True)
    unmasked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    unmasked_because = models.CharField(max_length=300, blank=True)
    language = models.CharField(_("language"), max_length=20, blank=True)
    needs_interpreter = models.BooleanField(_("needs an interpreter"), default=False)
    #: the language form (målform) of letters to them; empty is the municipality's own
    letter_language = models.CharField(_("language of letters"), max_length=2, choices=Language, blank=True)
    died_on = models.DateField(_("died"), null=True, blank=True)

    objects = PersonQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="person_one_for_a_national_id",
                fields=["national_id_hash"],
                condition=~Q(national_id_hash=""),
                violation_error_message=_("Somebody with this national id is already registered."),
            ),
            models.CheckConstraint(
                name="person_has_a_number_when_its_kind_says_so",
                condition=Q(id_kind=IdKind.NONE, national_id_hash="")
                | (~Q(id_kind=IdKind.NONE) & ~Q(national_id_hash="")),
            ),
            models.CheckConstraint(name="person_id_kind_is_known", condition=Q(id_kind__in=IdKind.values)),
            models.CheckConstraint(name="person_protection_is_known", condition=Q(protection__in=Protection.values)),
            models.CheckConstraint(
                name="person_protection_ends_after_it_starts",
                condition=Q(protection_to__isnull=True)
                | Q(protection_from__isnull=True)
                | Q(protection_to__gt=F("protection_from")),
                violation_error_message=_("The protection must end after it begins."),
            ),
            models.CheckConstraint(
                name="person_is_unmasked_by_somebody_with_a_reason",
                condition=Q(unmasked_at__isnull=True, unmasked_by__isnull=True, unmasked_because="")
                | (Q(unmasked_at__isnull=False, unmasked_by__isnull=False) & ~Q(unmasked_because="")),
            ),
            models.CheckConstraint(
                name="person_letter_language_is_known", condition=Q(letter_language__in=["", *Language.values])
            ),
            models.CheckConstraint(
                name="person_died_after_being_born",
                condition=Q(died_on__isnull=True) | Q(died_on__gte=F("born_on")),
                violation_error_message=_("Nobody dies before they are born."),
            ),
        ]
        indexes = [
            models.Index(name="person_by_birth_date", fields=["born_on"]),
            models.Index(name="person_by_name", fields=["name_key", "id"]),
            GinIndex(OpClass("name_key", name="gin_trgm_ops"), name="person_by_part_of_name"),
        ]

    def __str__(self) -> str:
        return self.name or self.ref

    def protection_on(self, day: date) -> Protection:
        """The grade that masks on a day: from its first day until somebody has decided on unmasking."""
        begun = self.protection_from is None or self.protection_from <= day
        return Protection(self.protection) if begun and self.unmasked_at is None else Protection.NONE
