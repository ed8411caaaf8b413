"""What a tenant is told in writing before signing: gathered from the facts, printed, kept and sent."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from cases import law
from cases.actions.dispatching import dispatch_to_everybody
from cases.actions.documents import keep
from cases.actions.leases import opened_lease
from cases.actions.letter_frames import About, frame_of, letterhead, official
from cases.actions.tasks import unit_of
from cases.letters import CooperationLetter, LeaseLetter
from cases.models import Case, Document, DocumentKind, PrivateHelp, PrivateHelpKind, SecurityFrom, SecurityKind
from cases.questions.law import choices_of
from cases.questions.recipients import addressed_on
from housing.models import Dwelling, Landlord, Lease, Residence, ResidenceKind, Tenancy
from people import journal
from people.access import locked_household
from people.journal import Act
from people.masking import require_whereabouts
from people.models import Employee, Household, MemberRole
from people.models.person import SHIELDED
from people.refusals import Refusal
from people.roles import Permission
from people.transactions import act


class CannotTell(Refusal):
    """The letter lacks something that the tenant must be told."""


@dataclass(frozen=True, kw_only=True)
class Told:
    """What the tenant is told. Money in kroner; `language` empty: the recipient's own."""

    kind: ResidenceKind
    moves_in_on: date
    lease: str
    rent_a_month: int
    ends_on: date | None = None
    reason: str = ""
    notice_months: int | None = None
    dwelling: int | None = None
    landlord: int | None = None
    address: str = ""
    included: str = ""
    deposit: int | None = None
    guarantee: int | None = None
    language: str = ""


#: What the form of the lease takes over from the letter.
_KEPT = ("kind", "moves_in_on", "lease", "rent_a_month", "ends_on", "notice_months", "dwelling")


@act
def tell_of_lease(*, household_id: int, told: Told, by: Employee, at: datetime, version: int | None = None) -> Document:
    """Tell the tenant by letter what they are about to sign: the written notice that section 11-1 asks for.

    :raises CannotTell: when the dwelling, the rent or the reason is lacking, or the security is too much
    :raises CannotAddress: when there is nobody that a letter can go to
    """
    household = locked_household(by, Permission.CHANGE_HOUSEHOLD, household_id=household_id, at=at, version=version)
    letter = lease_letter(household, told, by=by, at=at)
    document = keep(
        letter,
        household=household,
        kind=DocumentKind.LEASE,
        unit=unit_of(household, on=localdate(at)),
        case=Case.objects.filter(household=household).order_by("pk").last(),
        tells_place=bool(letter.recipient_address or letter.dwelling),
        by=by,
        at=at,
    )
    dispatch_to_everybody(document, by=by, at=at)
    details = {name: value for name, value in asdict(told).items() if name in _KEPT and value}
    journal.record(
        Act.LEASE_TOLD,
        household_id=household.pk,
        subject=document,
        by=by,
        at=at,
        details={name: value.isoformat() if isinstance(value, date) else value for name, value in details.items()},
    )
    return document


def lease_letter(
    household: Household, told: Told, *, by: Employee, at: datetime, is_draft: bool = False
) -> LeaseLetter:
    """The letter as it would be sent now. Of somebody with a protected address it names no dwelling.

    :raises CannotTell: when it could not be
    :raises CannotAddress: when there is nobody that it can go to
    """
    day = localdate(at)
    require_whereabouts(household)
    choices = choices_of(household.municipality_id)
    rules: dict[str, Any] = {
        "deposit_rule": law.rule("deposit.most_months", on=day, choices=choices),
        "period_rule": law.rule("lease.least_years", on=day, choices=choices),
        "reserved_rule": law.rule("lease.reserved_home", on=day, choices=choices),
    }
    most_months = law.value("deposit.most_months", on=day, choices=choices)
    _refuse(told, most_months)
    dwelling, landlord = _home(household, told)
    about = About(
        household=household,
        unit=unit_of(household, on=day),
        kind=DocumentKind.LEASE,
        reference=f"H-{household.pk}",
        language=told.language,
        is_draft=is_draft,
    )
    named = addressed_on(household, on=day).tells_place
    return LeaseLetter(
        **frame_of(about, by=by, at=at),
        landlord=landlord,
        dwelling=dwelling if named else "",
        starts_on=told.moves_in_on,
        ends_on=told.ends_on,
        is_reserved=told.lease == Lease.SECTION_11_1,
        short_reason=told.reason.strip(),
        rent_a_month=told.rent_a_month,
        included=told.included.strip(),
        deposit=told.deposit or 0,
        guarantee=told.guarantee or 0,
        most_months=most_months,
        notice_months=told.notice_months or law.value("lease.notice_months", on=day, choices=choices),
        **rules,
    )


@act
def write_to_landlord(
    *, residence_id: int, consented_on: date, language: str, by: Employee, at: datetime, version: int | None = None
) -> Document:
    """Write to the landlord of a private tenancy, with the tenant's consent: whom to call, what we stand good for.

    :raises CannotTell: without a landlord, an address or a consent, or when somebody in the household is protected
    :raises NoOpenCase: when the case is closed
    """
    household, case, residence = opened_lease(residence_id, by=by, at=at, version=version)
    letter = cooperation_letter(household, residence, consented_on=consented_on, language=language, by=by, at=at)
    kind, unit = DocumentKind.COOPERATION, unit_of(household, on=localdate(at))
    document = keep(letter, household=household, kind=kind, unit=unit, case=case, tells_place=True, by=by, at=at)
    landlord = Tenancy.objects.get(residence=residence).landlord
    PrivateHelp.objects.create(
        household=household, kind=PrivateHelpKind.LETTER, on=localdate(at), landlord=landlord, by=by
    )
    details = {"consented_on": consented_on.isoformat(), "letter": document.sha256}
    journal.record(Act.LANDLORD_WRITTEN_TO, household_id=household.pk, subject=document, by=by, at=at, details=details)
    return document


def cooperation_letter(
    household: Household,
    residence: Residence,
    *,
    consented_on: date,
    language: str,
    by: Employee,
    at: datetime,
    is_draft: bool = False,
) -> CooperationLetter:
    """The letter as it would be written now.

    :raises CannotTell: when it could not be
    """
    day = localdate(at)
    require_whereabouts(household)
    members = list(household.members.on(day).select_related("person").order_by("pk"))
    if any(member.person.protection_on(day) in SHIELDED for member in members):
        raise CannotTell(_("Somebody here has a protected address: no letter names where they live."))
    if consented_on > day:
        raise CannotTell(_("That day has not come."), field="consented_on")
    papers = Tenancy.objects.filter(residence=residence).select_related("landlord").first()
    if papers is None or papers.landlord is None or not papers.address:
        raise CannotTell(_("Register the landlord and the address of the home first."))
    unit = unit_of(household, on=day)
    about = About(household=household, unit=unit, kind=DocumentKind.COOPERATION, reference=f"H-{household.pk}")
    ours = papers.securities.on(day).filter(kind=SecurityKind.GUARANTEE, given_by=SecurityFrom.MUNICIPALITY)
    guarantees = list(ours)
    return CooperationLetter(
        language=language,
        reference=about.reference,
        sender=letterhead(about, language=language, by=by, day=day, tells_place=True),
        issued_on=day,
        is_draft=is_draft,
        landlord=papers.landlord.name,
        landlord_address=papers.landlord.address,
        contact_name=papers.landlord.contact_name,
        tenant=next((one.person.name for one in members if one.role == MemberRole.APPLICANT), ""),
        home=papers.address,
        starts_on=residence.starts_on,
        guarantee=sum(one.amount - one.drawn for one in guarantees),
        guarantee_ends_on=guarantees[0].ends_on if len(guarantees) == 1 else None,
        contact=official(by, unit),
        consented_on=consented_on,
    )


def _refuse(told: Told, most_months: int) -> None:
    if told.rent_a_month <= 0:
        raise CannotTell(_("The rent must be more than nothing."), field="rent_a_month")
    if told.ends_on is not None and told.ends_on <= told.moves_in_on:
        raise CannotTell(_("The lease must end after the household moved in."), field="ends_on")
    if (told.deposit or 0) + (told.guarantee or 0) > most_months * told.rent_a_month:
        raise CannotTell(
            _("Deposit and guarantee are together at most %(months)s months' rent.") % {"months": most_months},
            field="guarantee",
        )


def _home(household: Household, told: Told) -> tuple[str, str]:
    """The dwelling and the landlord in words."""
    if told.kind == ResidenceKind.PRIVATE_RENTAL:
        landlord = Landlord.objects.filter(pk=told.landlord or 0, municipality=household.municipality_id).first()
        if landlord is None:
            raise CannotTell(_("Choose one of the landlords on the list."), field="landlord")
        return told.address.strip(), landlord.name
    found = Dwelling.objects.filter(pk=told.dwelling or 0, municipality=household.municipality_id)
    dwelling = found.select_related("municipality", "agreement__landlord").first()
    if dwelling is None:
        raise CannotTell(_("Choose one of the municipality's dwellings."), field="dwelling")
    agreement = dwelling.agreement
    landlord_name = agreement.landlord.name if agreement else dwelling.municipality.name
    return str(dwelling), landlord_name
