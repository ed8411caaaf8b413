"""Everything that a letter prints, gathered before it is printed: no Django, no database."""

from cases.letters.contents.appeal_rights import AppealRights, appeal_rights
from cases.letters.contents.appeals import (
    OUTCOMES,
    AppealOutcomeLetter,
    AppealReceivedLetter,
    ListedDocument,
    StatementLetter,
)
from cases.letters.contents.cooperation import CooperationLetter
from cases.letters.contents.decision import ChildText, Correction, DecisionLetter
from cases.letters.contents.forwarding import ForwardingLetter
from cases.letters.contents.frame import ACTS_AS, LETTER_LANGUAGES, Letter, Letterhead, Official
from cases.letters.contents.lease import LeaseLetter, OfferLetter
from cases.letters.contents.meetings import (
    PLANS,
    CaseMinutes,
    HousingMinutesLetter,
    MinutesLetter,
    Participants,
    PlanLetter,
    Step,
)
from cases.letters.contents.requisition import Requisition
from cases.letters.contents.rights import AccessLetter, CorrectionLetter, PackageSection
from cases.letters.contents.waiting import DelayLetter, InformationRequestLetter, PreliminaryLetter
from cases.letters.contents.working_copy import CopiedPart, CopiedSentence, WorkingCopy

__all__ = [
    "ACTS_AS",
    "LETTER_LANGUAGES",
    "OUTCOMES",
    "PLANS",
    "AccessLetter",
    "AppealOutcomeLetter",
    "AppealReceivedLetter",
    "AppealRights",
    "CaseMinutes",
    "ChildText",
    "CooperationLetter",
    "CopiedPart",
    "CopiedSentence",
    "Correction",
    "CorrectionLetter",
    "DecisionLetter",
    "DelayLetter",
    "ForwardingLetter",
    "HousingMinutesLetter",
    "InformationRequestLetter",
    "LeaseLetter",
    "Letter",
    "Letterhead",
    "ListedDocument",
    "MinutesLetter",
    "OfferLetter",
    "Official",
    "PackageSection",
    "Participants",
    "PlanLetter",
    "PreliminaryLetter",
    "Requisition",
    "StatementLetter",
    "Step",
    "WorkingCopy",
    "appeal_rights",
]
