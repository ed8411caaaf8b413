from housing.models.dwelling import Dwelling, Tenure
from housing.models.provider import (
    Ban,
    DrugRule,
    NotTogether,
    Provider,
    ProviderKind,
    ProviderOwner,
    ProviderType,
    QualityAgreement,
    Room,
)
from housing.models.residence import (
    AT_A_PROVIDER,
    AWAITING_HOME,
    IN_A_DWELLING,
    RENTALS,
    Absence,
    BelowStandard,
    Lease,
    Residence,
    ResidenceKind,
)
from housing.models.spell import OPEN, Spell, SpellState
from housing.models.void import DwellingVoid, VoidReason

__all__ = [
    "AT_A_PROVIDER",
    "AWAITING_HOME",
    "IN_A_DWELLING",
    "OPEN",
    "RENTALS",
    "Absence",
    "Ban",
    "BelowStandard",
    "DrugRule",
    "Dwelling",
    "DwellingVoid",
    "Lease",
    "NotTogether",
    "Provider",
    "ProviderKind",
    "ProviderOwner",
    "ProviderType",
    "QualityAgreement",
    "Residence",
    "ResidenceKind",
    "Room",
    "Spell",
    "SpellState",
    "Tenure",
    "VoidReason",
]
