"""An inspection as one ZIP file: population, cases, letters and assessments, and a manifest of SHA-256."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date, datetime
from hashlib import sha256
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.utils.functional import Promise
from django.utils.timezone import localdate

from cases.models import Assessment, Document, SampledCase
from cases.questions.dossier import dossier_of, what_stands
from cases.questions.inspections import (
    CaseRow,
    InspectionRoom,
    assessments_of,
    inspectors_of,
    population_lines,
    sample_rows,
)
from people.access import household_for
from people.exporting import File
from people.roles import Permission

#: A ZIP file tells of each file when it was changed; this one says nothing, so that equal facts give equal bytes.
_NO_TIME = (1980, 1, 1, 0, 0, 0)


def inspection_file(room: InspectionRoom) -> File:
    """Everything that the inspector may read in the inspection. Each case is opened through the door.

    `population.tsv` is the text that the population's fingerprint is of: its SHA-256 is the stored one, unless lines
    are withheld from this inspector. File names hold the numbers of cases and documents, nothing of people.
    """
    rows, lines = sample_rows(room), population_lines(room)
    files = {"inspection.json": _json(_inspection(room)), "population.tsv": "".join(lines).encode()}
    for row in rows:
        files |= _case(room, row)
    manifest = {
        "made_at": room.at,
        "made_by": room.employee.name,
        "files": [
            {"name": name, "bytes": len(content), "sha256": sha256(content).hexdigest()}
            for name, content in sorted(files.items())
        ],
    }
    return File(
        name=f"inspection-{room.inspection.pk}.zip",
        media_type="application/zip",
        content=_zipped({**files, "manifest.json": _json(manifest)}),
        rows=len(rows),
        households=[row.household_id for row in rows],
    )


def _inspection(room: InspectionRoom) -> dict[str, Any]:
    one = room.inspection
    return {
        "case_reference": one.case_reference,
        "unit": one.unit.name,
        "starts_on": one.starts_on,
        "ends_on": one.ends_on,
        "themes": one.themes,
        "points": {point.value: point.label for point in one.points},
        "includes_special": one.includes_special,
        "cases_for_each_theme": one.sample_size,
        "seed": one.seed,
        "population_sha256": one.population_sha256,
        "opened_at": one.opened_at,
        "opened_by": one.opened_by.name,
        "expires_at": one.expires_at,
        "inspectors": [inspector.name for inspector in inspectors_of(one)],
    }


def _case(room: InspectionRoom, row: CaseRow) -> dict[str, bytes]:
    """The files of one case: what stands in it, what was found, and its letters where they may be read."""
    household = household_for(room.employee, Permission.VIEW_SUMMARY, key=row.key, at=room.at)
    dossier = dossier_of(household, day=localdate(room.at))
    folder = f"cases/{row.case.number:03d}"
    told = {
        "number": row.case.number,
        "origin": row.case.origin,
        "reason": row.case.reason,
        "dossier": asdict(dossier),
        "what_stands": what_stands(dossier),
        "assessments": _found(row.case),
    }
    shown = [letter.document_id for decision in dossier.decisions for letter in decision.letters]
    letters = Document.objects.filter(pk__in=shown, household=household).order_by("pk")
    pdfs = {f"{folder}/{letter.kind}-{letter.pk}.pdf": bytes(letter.content) for letter in letters}
    return {f"{folder}/case.json": _json(told), **pdfs}


def _found(case: SampledCase) -> dict[str, list[dict[str, Any]]]:
    return {point.value: [_assessment(one) for one in rows] for point, rows in assessments_of(case).items()}


def _assessment(one: Assessment) -> dict[str, Any]:
    return {"verdict": one.verdict, "note": one.note, "by": one.by.name, "at": one.at}


def _json(told: dict[str, Any]) -> bytes:
    return f"{json.dumps(told, default=_plain, ensure_ascii=False, indent=1, sort_keys=True)}\n".encode()


def _plain(value: object) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    assert isinstance(value, Promise)
    return str(value)


def _zipped(files: dict[str, bytes]) -> bytes:
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        for name, content in sorted(files.items()):
            archive.writestr(ZipInfo(name, _NO_TIME), content, compress_type=ZIP_DEFLATED)
    return packed.getvalue()
