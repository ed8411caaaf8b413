"""Everything kept on a person: where it stands, how it is classed, what the person is given, what becomes of it.

One entry a model, in the order of the access package. Three things are made from it and nothing else: the package for
who asks to see what is kept on them (`cases.questions.access_package`), the carrying out of a destruction list, and the
tables of docs/privacy.md. A model or field that it lacks fails tests/meta/test_manifest.py.
"""

from cases.manifest.appealed import APPEALED
from cases.manifest.applied import APPLIED
from cases.manifest.asked import ASKED
from cases.manifest.coming import COMING
from cases.manifest.controlled import CONTROLLED
from cases.manifest.followed import FOLLOWED
from cases.manifest.following import FOLLOWING
from cases.manifest.guarded import GUARDED
from cases.manifest.heard import HEARD
from cases.manifest.held import HELD
from cases.manifest.housed import HOUSED
from cases.manifest.lettered import LETTERED
from cases.manifest.lived import LIVED
from cases.manifest.loaned import LOANED
from cases.manifest.noted import NOTED
from cases.manifest.offered import OFFERED
from cases.manifest.owned import OWNED
from cases.manifest.planned import PLANNED
from cases.manifest.represented import REPRESENTED
from cases.manifest.sent import SENT
from cases.manifest.shapes import DataClass, Entry, Fate, Field, Given, Purpose
from cases.manifest.who import WHO

MANIFEST: tuple[Entry, ...] = (
    *WHO,
    *REPRESENTED,
    *LIVED,
    *HELD,
    *HOUSED,
    *OWNED,
    *COMING,
    *PLANNED,
    *FOLLOWED,
    *FOLLOWING,
    *HEARD,
    *APPEALED,
    *APPLIED,
    *OFFERED,
    *LOANED,
    *NOTED,
    *ASKED,
    *LETTERED,
    *CONTROLLED,
    *GUARDED,
    *SENT,
)

__all__ = [
    "MANIFEST",
    "DataClass",
    "Entry",
    "Fate",
    "Field",
    "Given",
    "Purpose",
]
