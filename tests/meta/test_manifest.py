"""cases/manifest has everything that is kept on a person: each model that leads to one, and each of its fields."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils.functional import Promise
from pghistory.models import Event

from cases.manifest import MANIFEST, Entry, Fate
from cases.manifest.documentation import with_tables
from cases.manifest.shapes import LABELS
from people.models import Household, Person

OURS = ("people", "housing", "cases", "kpi")
#: Plain values that lead to a household or a person without a foreign key.
BY_VALUE = {"household_id", "person_id"}
BY_MODEL = {entry.model: entry for entry in MANIFEST}


def leads_to_somebody(model: type[models.Model], seen: tuple[type[models.Model], ...] = ()) -> bool:
    """Whether foreign keys lead from the model to a person or a household, over however many others."""
    if model in (Person, Household):
        return True
    fields = model._meta.concrete_fields
    ahead = [field.related_model for field in fields if isinstance(field.related_model, type)]
    return bool(BY_VALUE & {field.name for field in fields}) or any(
        leads_to_somebody(other, (*seen, model)) for other in ahead if other not in seen
    )


def linked_models() -> set[str]:
    found = (model for app in OURS for model in apps.get_app_config(app).get_models())
    return {m._meta.label for m in found if not issubclass(m, Event) and leads_to_somebody(m)}


def test_every_model_that_leads_to_a_person_is_in_the_manifest() -> None:
    assert linked_models() - set(BY_MODEL) == set()


def test_the_manifest_names_nothing_else_and_nothing_twice() -> None:
    assert set(BY_MODEL) - linked_models() == set()
    assert len(BY_MODEL) == len(MANIFEST)


@pytest.mark.parametrize("entry", MANIFEST, ids=lambda entry: entry.model)
def test_every_field_has_its_class_and_treatment_once(entry: Entry) -> None:
    names = [field.name for field in entry]

    assert sorted(names) == sorted(field.name for field in apps.get_model(entry.model)._meta.concrete_fields)


@pytest.mark.parametrize("entry", MANIFEST, ids=lambda entry: entry.model)
def test_every_path_and_period_is_one_of_the_database(entry: Entry) -> None:
    paths = [path for path in (entry.person, entry.household, *entry.period) if path]
    found = apps.get_model(entry.model)._default_manager.only(*(["pk"] if paths == ["pk"] else paths))

    assert str(found.query)
    assert entry.person or entry.household


@pytest.mark.parametrize("entry", MANIFEST, ids=lambda entry: entry.model)
def test_what_a_row_loses_is_a_field_of_a_row_that_is_kept(entry: Entry) -> None:
    assert set(entry.cleared) <= {field.name for field in entry}
    assert not entry.cleared or entry.fate is Fate.BARE


@pytest.mark.parametrize("entry", MANIFEST, ids=lambda entry: entry.model)
def test_every_field_that_is_given_has_a_name_in_the_reader_s_language(entry: Entry) -> None:
    model = apps.get_model(entry.model)
    for field in entry.shown:
        words = getattr(model._meta.get_field(field.name), "verbose_name", "")
        assert field.name in LABELS or isinstance(words, Promise), f"{entry.model}.{field.name}"


def test_no_name_stands_in_the_list_of_names_for_nothing() -> None:
    assert set(LABELS) <= {field.name for entry in MANIFEST for field in entry.shown}


def test_the_privacy_document_has_the_tables_that_the_manifest_gives() -> None:
    document = (Path(settings.BASE_DIR) / "docs" / "privacy.md").read_text(encoding="utf-8")

    assert with_tables(document) == document, "run manage.py privacy"
