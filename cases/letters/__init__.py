"""Letters: what they say (`contents`) and how they are printed (`printing`). No database: who asks brings the facts."""

from cases.letters.contents import (
    LETTER_LANGUAGES,
    AccessLetter,
    CorrectionLetter,
    DecisionLetter,
    Letter,
    Official,
    PackageSection,
    Requisition,
    Sender,
)
from cases.letters.printing import html_of, pdf_of, template_version

__all__ = [
    "LETTER_LANGUAGES",
    "AccessLetter",
    "CorrectionLetter",
    "DecisionLetter",
    "Letter",
    "Official",
    "PackageSection",
    "Requisition",
    "Sender",
    "html_of",
    "pdf_of",
    "template_version",
]
