"""What was signed about a rented home, what stands good for it, and the help to get one on the private market."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cases.manifest.shapes import DataClass, Entry, Fate, Given, Purpose, fields

K2, K3, K4, K5, K6 = DataClass

HOUSED = (
    Entry(
        model="housing.TenancyRent",
        title=_("Your rent"),
        household="tenancy__residence__household",
        period=("starts_on",),
        purpose=Purpose.HELP,
        fate=Fate.DELETED,
        fields=fields(
            (K3, Given.AS_IT_IS, "starts_on rent_a_month because index_before index_after"),
            (K3, Given.LINK, "tenancy"),
            (K3, Given.SYSTEM, "id"),
        ),
    ),
    Entry(
        model="cases.Security",
        title=_("Deposit and guarantee"),
        household="household",
        period=("given_on",),
        purpose=Purpose.HELP,
        fate=Fate.DELETED,
        fields=fields(
            (K3, Given.AS_IT_IS, "kind given_by amount given_on drawn"),
            (K3, Given.TO_THE_DAY_LEFT, "ends_on released_on"),
            (K3, Given.IF_ALONE, "drawn_because"),
            (K3, Given.LINK, "household tenancy decision"),
            (K3, Given.SYSTEM, "id"),
        ),
    ),
    Entry(
        model="housing.Tenancy",
        title=_("Your leases"),
        household="residence__household",
        period=("residence__starts_on", "residence__ends_on"),
        purpose=Purpose.HELP,
        fate=Fate.DELETED,
        fields=fields(
            (K5, Given.PLACE, "landlord address"),
            (K3, Given.AS_IT_IS, "signed_on informed_on limited_because notice_months"),
            (K4, Given.IF_ALONE, "reserved_because notice_because ended_because assessment"),
            (K3, Given.TO_THE_DAY_LEFT, "notice_on notice_by notice_ends_on"),
            (K3, Given.LINK, "residence renews"),
            (K3, Given.SYSTEM, "id"),
        ),
    ),
    Entry(
        model="cases.PrivateHelp",
        title=_("Help to rent on the private market"),
        household="household",
        period=("on",),
        purpose=Purpose.HELP,
        fate=Fate.DELETED,
        fields=fields(
            (K3, Given.AS_IT_IS, "kind on"),
            (K5, Given.PLACE, "landlord"),
            (K4, Given.TEXT, "note"),
            (K3, Given.STAFF, "by"),
            (K3, Given.LINK, "household"),
            (K5, Given.SYSTEM, "municipality"),
            (K3, Given.SYSTEM, "id"),
        ),
    ),
)
