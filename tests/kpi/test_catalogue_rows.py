"""The catalogue as data: what ships is what is kept, and each counted row has its figure."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from importlib import import_module

import pytest
from django.apps import apps

from kpi.catalogue import BY_CODE, CATALOGUE
from kpi.models import CatalogueRow, LocalReading, Objective, PublishedValue, Strategy, Way
from kpi.shipped import LANGUAGES, strategies
from people.owner import as_owner

pytestmark = pytest.mark.django_db

ROUNDED_BY_HAND: dict[str, tuple[int, int, str, Decimal | int]] = {
    # row: numerator, denominator, the decimals that the source prints, what it prints
    "1.3": (341, 2273, "1", 15),
    "2.1": (3956, 5438, "1", 73),
    "3.1": (239, 363, "1", 66),
    "3.5": (12874, 111414, "1", 12),
    "5.8": (12973, 105567, "0.1", Decimal("12.3")),
    "6.1": (50989, 105567, "1", 48),
    "8.4": (4091, 8770, "1", 47),
}


def row(code: str) -> CatalogueRow:
    return CatalogueRow.objects.get(code=code)


def test_what_ships_is_what_is_kept() -> None:
    shipped = list(strategies())
    rows = [one for strategy in shipped for objective in strategy["objectives"] for one in objective["rows"]]

    assert Strategy.objects.count() == len(shipped) == 4
    assert Objective.objects.count() == sum(len(strategy["objectives"]) for strategy in shipped)
    assert CatalogueRow.objects.count() == len(rows)
    assert PublishedValue.objects.count() == sum(len(one.get("published", [])) for one in rows)


def test_every_row_of_bolig_for_velferd_is_there() -> None:
    kept = CatalogueRow.objects.filter(objective__strategy__key="bolig-for-velferd")
    by_objective = {
        objective.number: objective.rows.exclude(code__in=["families_over", "allowance_recipients"]).count()
        for objective in Objective.objects.filter(strategy__key="bolig-for-velferd")
    }

    assert list(by_objective.items()) == [
        *{"1": 4, "2": 4, "3": 9, "4": 6, "5": 11, "6": 4, "7": 2, "8": 5, "9": 5, "10": 3}.items(),
        *{"11": 4, "12": 5, "13": 4, "14": 1, "15": 6}.items(),
    ]
    mains = kept.exclude(main_position=None).order_by("main_position")
    assert [one.main_position for one in mains] == list(range(1, 15))
    assert kept.filter(is_support=False, factor_nb="").count() == 0


def test_every_counted_row_names_its_figure_or_says_why_not() -> None:
    counted = [one for one in CatalogueRow.objects.all() if {Way.COMPUTED, Way.HOUSING} & set(one.how)]

    assert [one.code for one in counted if one.computed_by not in BY_CODE and not one.why_not_computed] == []
    assert [one.code for one in counted if one.computed_by and one.why_not_computed] == []


def test_every_figure_belongs_to_a_row() -> None:
    named = set(CatalogueRow.objects.exclude(computed_by="").values_list("computed_by", flat=True))

    assert {one.code for one in CATALOGUE} - named == set()
    assert named - set(BY_CODE) == set()


def test_a_national_target_is_read_for_one_municipality() -> None:
    """A count of the whole country is no municipality's target; nobody is nobody everywhere."""
    same = CatalogueRow.objects.filter(local_reading=LocalReading.SAME_SHARE, target_kind="absolute")

    assert [one.code for one in same if one.unit != "percent" and one.target_value != 0] == []
    assert [
        one.code for one in CatalogueRow.objects.filter(answer_kind="yes_no") if one.local_reading != "own_answer"
    ] == []


def test_baselines_carry_their_year() -> None:
    def year(code: str) -> int:
        return PublishedValue.objects.get(row__code=code, is_baseline=True).year

    assert year("3.s1") == 2012
    assert {year(code) for code in ("10.s1", "10.s2")} == {2013}
    assert {year(code) for code in ("4.1", "4.s2", "8.5", "11.1", "11.s1", "3.s2", "7.2", "10.1", "12.5", "13.1")} == {
        2015
    }
    assert {year(code) for code in ("1.1", "2.2", "5.1", "9.4")} == {2014}


@pytest.mark.parametrize("code", ROUNDED_BY_HAND)
def test_published_shares_come_out_of_their_parts_with_the_source_s_rounding(code: str) -> None:
    numerator, denominator, decimals, printed = ROUNDED_BY_HAND[code]
    published = PublishedValue.objects.get(row__code=code, is_baseline=True)

    assert (published.numerator, published.denominator, published.value) == (numerator, denominator, printed)
    counted = (Decimal(100 * numerator) / denominator).quantize(Decimal(decimals), ROUND_HALF_UP)
    assert counted == published.value


def test_every_published_share_with_both_its_parts_is_reproduced() -> None:
    found = PublishedValue.objects.filter(row__unit="percent", numerator__isnull=False, denominator__isnull=False)

    assert {one.row.code for one in found.select_related("row")} == set(ROUNDED_BY_HAND)


def test_a_source_s_slip_is_a_note_beside_the_number() -> None:
    over = PublishedValue.objects.get(row__code="families_over")

    assert over.value == 363 - 239
    assert (100 * over.value / 363).quantize(Decimal(1)) == 100 - ROUNDED_BY_HAND["3.1"][3] == 34
    assert "363" in over.note_en
    assert row("3.3").published.get().value == 45
    assert "55" in row("3.3").published.get().note_en


def test_not_known_in_the_source_is_no_zero() -> None:
    value = row("5.4").published.get()

    assert value.value is None
    assert not value.is_known


def test_every_text_is_in_three_languages() -> None:
    texts = ("wording", "factor", "target", "note", "why_not_computed")
    for one in CatalogueRow.objects.all():
        for text in texts:
            told = [bool(getattr(one, f"{text}_{language}")) for language in LANGUAGES]
            assert len(set(told)) == 1, (one.code, text)


def test_no_wording_is_the_english_one() -> None:
    rows = CatalogueRow.objects.all()

    assert [one.code for one in rows if one.wording_en in (one.wording_nb, one.wording_nn)] == []


def test_a_figure_s_own_baseline_is_its_row_s() -> None:
    """Figures are shown beside the source's value before anybody opens the catalogue."""
    baselines = {
        one.row.computed_by: (one.year, one.value)
        for one in PublishedValue.objects.filter(is_baseline=True).select_related("row")
        if one.row.computed_by and one.row.answer_kind != "yes_no" and one.value is not None
    }
    declared = {
        one.code: (one.baseline.year, one.baseline.value)
        for one in CATALOGUE
        if one.baseline is not None and one.code in baselines
    }

    assert {code: told for code, told in declared.items() if told != baselines[code]} == {}
    assert set(baselines) - set(declared) == set()


@pytest.mark.django_db(transaction=True)
def test_a_row_that_comes_between_others_takes_its_place_in_a_database_that_is_kept() -> None:
    shipped = _places()
    with as_owner() as owner:
        with owner.schema_editor() as editor:
            for table in ("kpi_cataloguerow", "kpi_publishedvalue"):
                editor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            new = CatalogueRow.objects.get(code="families_and_young")
            of_it = CatalogueRow.objects.filter(objective=new.objective)
            new.delete()
            for after in of_it.filter(position__gt=new.position).order_by("position"):
                of_it.filter(pk=after.pk).update(position=after.position - 1)
        assert _places() != shipped
        with owner.schema_editor() as editor:
            import_module("kpi.migrations.0006_families_and_young").read(apps, editor)
    assert _places() == shipped


def _places() -> list[tuple[int, int, str]]:
    return sorted(CatalogueRow.objects.values_list("objective", "position", "code"))
