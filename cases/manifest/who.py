"""Who the person is, and in which households."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cases.manifest.shapes import DataClass, Entry, Fate, Given, Purpose, fields

K2, K3, K4, K5, K6 = DataClass

WHO = (
    Entry(
        model="people.Person",
        title=_("You"),
        person="pk",
        purpose=Purpose.HELP,
        fate=Fate.BARE,
        cleared=(
            "ref",
            "national_id",
            "id_kind",
            "name",
            "born_on",
            "is_birth_approximate",
            "protection",
            "protection_from",
            "protection_to",
            "unmasked_at",
            "unmasked_by",
            "unmasked_because",
            "language",
            "needs_interpreter",
            "letter_language",
            "died_on",
        ),
        fields=fields(
            (K3, Given.AS_IT_IS, "ref national_id id_kind name is_birth_approximate language needs_interpreter"),
            (K3, Given.AS_IT_IS, "letter_language died_on"),
            (K6, Given.AS_IT_IS, "born_on"),
            (K5, Given.AS_IT_IS, "protection protection_from protection_to"),
            (K5, Given.STAFF, "unmasked_by"),
            (K5, Given.SYSTEM, "unmasked_at unmasked_because"),
            (K3, Given.SYSTEM, "id national_id_hash name_key"),
        ),
    ),
    Entry(
        model="people.Household",
        title=_("Your household"),
        household="pk",
        purpose=Purpose.HELP,
        fate=Fate.BARE,
        cleared=("ref", "key"),
        fields=fields(
            (K3, Given.AS_IT_IS, "ref opened_on"),
            (K5, Given.PLACE, "municipality"),
            (K3, Given.OTHERS, "split_from split_on"),
            (K3, Given.SYSTEM, "id key version"),
        ),
    ),
    Entry(
        model="people.Member",
        title=_("Your time in the household"),
        person="person",
        household="household",
        period=("starts_on", "ends_on"),
        purpose=Purpose.HELP,
        fate=Fate.BARE,
        fields=fields(
            (K3, Given.AS_IT_IS, "role starts_on ends_on"),
            (K3, Given.LINK, "household person"),
            (K3, Given.SYSTEM, "id"),
        ),
    ),
    Entry(
        model="people.SpecialNote",
        title=_("Special notes"),
        person="person",
        household="household",
        period=("at",),
        purpose=Purpose.HELP,
        fate=Fate.DELETED,
        fields=fields(
            (K4, Given.AS_IT_IS, "note_class at"),
            (K4, Given.TEXT, "text"),
            (K4, Given.STAFF, "by"),
            (K4, Given.LINK, "household person"),
            (K4, Given.SYSTEM, "id"),
        ),
    ),
)
