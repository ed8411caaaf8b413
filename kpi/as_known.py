"""The facts as they were known at a moment: the last version of each row written before it, in the tables' own names.

Of one municipality only its households' versions are read. A household's municipality never changes, nor a row's
household. Parameters: known_at (timestamptz), municipality (text or NULL for all). Pure: no database.
"""

from __future__ import annotations

from functools import lru_cache

#: The tables that figures read, and the columns, beside each row's id.
_COLUMNS = {
    "housing_residence": "household_id municipality_id kind provider_id dwelling_id starts_on ends_on lease_ends_on",
    "people_household": "ref municipality_id split_from_id split_on",
    "people_member": "household_id person_id role starts_on ends_on",
    "people_person": "born_on",
    "people_responsibility": "household_id unit_id starts_on ends_on",
    "housing_dwelling": (
        "municipality_id tenure area_m2 rooms is_accessible is_colocated target_groups acquired_on disposed_on"
    ),
    "housing_dwellingvoid": "dwelling_id starts_on ends_on cost",
    "housing_dwellingrent": "dwelling_id starts_on rent_a_month",
    "housing_dwellingfunding": "dwelling_id kind amount granted_on",
    "cases_case": "household_id closing_reason closed_on",
    "cases_housingapplication": (
        "household_id unit_id kind status received_on granted_on ended_on refused_earlier main_reason"
    ),
    "cases_housingallowance": "household_id kind outcome applied_on decided_on starts_on ends_on",
    "cases_privatehelp": "household_id kind on",
    "cases_loancase": "household_id kind purpose status decided_on paid_on ended_on amount",
    "cases_individualplan": "household_id kind consented_on starts_on ended_on",
    "cases_responsibilitygroup": "plan_id formed_on ended_on",
    "cases_housingplan": "household_id made_on ended_on",
    "cases_transition": "household_id kind status left_on returned_to_abuser",
    "cases_refugeesettlement": "household_id decided_on settled_on unaccompanied_minor",
    "cases_needsmapping": "household_id finished_on light income_source drug_problem",
    "cases_survey": "household_id asked_on outcome",
    "cases_evictioncase": "household_id status petitioned_on ended_on",
    "cases_request": "household_id unit_id asked_at lacks_place_tonight outcome",
    "housing_qualityagreement": "provider_id starts_on ends_on",
}
#: The columns of each table, its id first.
KNOWN: dict[str, tuple[str, ...]] = {table: ("id", *columns.split()) for table, columns in _COLUMNS.items()}

_HERE = "ARRAY(SELECT pgh_obj_id FROM people_householdevent WHERE municipality_id = %(municipality)s::text)"
#: Which versions are of the municipality, where the row says neither that nor which household.
_OF_A_MUNICIPALITY = {
    "people_household": "municipality_id = %(municipality)s::text",
    "housing_residence": "municipality_id = %(municipality)s::text",
    "people_person": (
        f"pgh_obj_id = ANY(ARRAY(SELECT person_id FROM people_memberevent WHERE household_id = ANY({_HERE})))"
    ),
}


@lru_cache
def relations_as_known() -> str:
    """One expression a table, with its name and columns, to stand in its place."""
    return ",\n".join(_relation(table, columns) for table, columns in KNOWN.items())


def _relation(table: str, columns: tuple[str, ...]) -> str:
    told, carried, is_of_a_household = ", ".join(f'"{column}"' for column in columns), "", "household_id" in columns
    of_it = _OF_A_MUNICIPALITY.get(table) or (f"household_id = ANY({_HERE})" if is_of_a_household else "TRUE")
    if is_of_a_household and table.startswith("cases_"):
        # history has no copy of it
        carried = "JOIN (SELECT id AS household_id, municipality_id FROM people_household) h USING (household_id)"
    return f"""{table} AS (
    SELECT {told}{", municipality_id" if carried else ""} FROM (
        SELECT DISTINCT ON (pgh_obj_id) {told}, pgh_label FROM {table}event
        WHERE pgh_created_at < %(known_at)s::timestamptz AND (%(municipality)s::text IS NULL OR {of_it})
        ORDER BY pgh_obj_id, pgh_id DESC
    ) e {carried}
    WHERE pgh_label <> 'delete'
)"""
