"""What is held against a year of KOSTRA's form 13: its cells with each other, and the facts beneath them.

It knows no row. A hard check is mended; a soft one may be set aside with a reason.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Values = Mapping[str, int | None]


@dataclass(frozen=True, kw_only=True)
class Check:
    """One rule that a year's cells keep: the sum of `parts` is, or is at most, `whole`. A hard one always holds.

    `behind` is the indicator whose list shows those who are missing. One `is_of_nights` says nothing where a cell is
    read by whole stays: a stay of many months may have few nights in the year.
    """

    key: str
    text: str | Promise
    parts: tuple[str, ...]
    whole: str
    is_sum: bool = False
    is_hard: bool = True
    behind: str = ""
    is_of_nights: bool = False

    def found(self, values: Values) -> int:
        """By how many the cells break it, 0 where they keep it; what is not known breaks nothing."""
        whole, parts = values.get(self.whole), [values.get(key) for key in self.parts]
        if whole is None or any(part is None for part in parts):
            return 0
        over = sum(part or 0 for part in parts) - whole
        return abs(over) if self.is_sum else max(over, 0)


CHECKS: tuple[Check, ...] = (
    Check(
        key="dwellings_sum",
        text=_("Owned, rented in and private dwellings are not all dwellings together."),
        parts=("dwellings_owned", "dwellings_rented_in", "dwellings_private"),
        whole="dwellings",
        is_sum=True,
    ),
    Check(
        key="let",
        text=_("More dwellings are let than there are."),
        parts=("dwellings_let",),
        whole="dwellings",
    ),
    Check(
        key="accessible",
        text=_("More dwellings are accessible than there are."),
        parts=("dwellings_accessible",),
        whole="dwellings",
    ),
    Check(
        key="duration",
        text=_("Up to three months and more than three months are not all households together."),
        parts=("temporary_three_months", "temporary_over"),
        whole="temporary",
        is_sum=True,
    ),
    Check(
        key="short",
        text=_("More households stayed at most 14 nights than up to three months."),
        parts=("temporary_14",),
        whole="temporary_three_months",
        is_of_nights=True,
    ),
    Check(
        key="families",
        text=_("There are more families in temporary accommodation than households."),
        parts=("families",),
        whole="temporary",
    ),
    Check(
        key="families_over",
        text=_("More families stayed more than three months than there were families."),
        parts=("families_over",),
        whole="families",
    ),
    Check(
        key="refused",
        text=_("More new applications were refused than received."),
        parts=("refused_new",),
        whole="applied_new",
        is_hard=False,
    ),
    Check(
        key="allotted_reason",
        text=_("The main reason is not known for all new tenant households."),
        parts=("allotted_refugee", "allotted_mental_or_drugs", "allotted_adapted_home", "allotted_other"),
        whole="allotted",
        is_sum=True,
        is_hard=False,
        behind="allotted_not_known",
    ),
    Check(
        key="waiting_reason",
        text=_("The main reason is not known for all who wait."),
        parts=("waiting_refugee", "waiting_mental_or_drugs", "waiting_adapted_home", "waiting_other"),
        whole="waiting",
        is_sum=True,
        is_hard=False,
        behind="waiting_not_known",
    ),
    *(
        Check(
            key=f"{block}_reason_before_2020",
            text=text,
            parts=tuple(
                f"{block}_{reason}"
                for reason in ("refugee", "mental", "drugs", "mental_and_drugs", "adapted_home", "other")
            ),
            whole=block,
            is_sum=True,
            is_hard=False,
        )
        for block, text in (
            ("allotted", _("The main reasons and all new tenant households are not the same number.")),
            ("waiting", _("The main reasons and all who wait are not the same number.")),
        )
    ),
)

#: A cell is asked of the municipality and not answered.
UNANSWERED = Check(
    key="unanswered",
    text=_("The questions on what is not counted here are not all answered."),
    parts=(),
    whole="",
)
#: The inhabitants, which no cell holds, are asked beside them: a published figure is reckoned by them.
NO_INHABITANTS = Check(
    key="no_inhabitants",
    text=_("The number of inhabitants is not answered, so that dwellings per 1,000 are not known."),
    parts=(),
    whole="",
    is_hard=False,
)
#: What is asked of whoever makes the report: of a year that nobody has begun to report it tells nothing.
OF_ANSWERS = frozenset({UNANSWERED.key, NO_INHABITANTS.key})


@dataclass(frozen=True, kw_only=True)
class FactCheck:
    """One rule that the facts beneath the cells keep. `select` gives the households that do not, asked of the
    populations and parameters of `kpi/sql/populations.sql`.
    """

    key: str
    text: str | Promise
    select: str
    is_hard: bool = False


FACT_CHECKS: tuple[FactCheck, ...] = (
    FactCheck(
        key="no_decision",
        text=_("Nights in temporary accommodation without a decision."),
        select="""
            SELECT s.household_id FROM stay_by_night s
            WHERE NOT s.nights <@ COALESCE((
                SELECT range_agg(daterange(d.starts_on, LEAST(d.ends_on, d.ended_on))) FROM cases_decision d
                WHERE d.household_id = s.household_id AND d.kind = 'temporary' AND d.result IN ('granted', 'partly')
                  AND d.status NOT IN ('draft', 'submitted', 'annulled')
                  AND d.starts_on < COALESCE(d.ends_on, d.ended_on, 'infinity')
                  AND d.starts_on < COALESCE(d.ended_on, 'infinity')), '{}')
        """,
    ),
    FactCheck(
        key="unknown_exit",
        text=_("Moved out of temporary accommodation, and where to is not known."),
        select="""
            SELECT s.household_id
            FROM period p JOIN spell s ON s.state = 'temporary' AND s.ends_on >= p.starts_on AND s.ends_on < p.ends_on
                AND NOT isempty(s.nights)
            LEFT JOIN LATERAL (
                SELECT r.kind FROM housing_residence r
                WHERE r.household_id = s.household_id AND r.starts_on >= s.ends_on
                  AND r.starts_on <= s.ends_on + %(gap_nights)s::integer
                ORDER BY r.starts_on LIMIT 1
            ) after ON TRUE
            WHERE s.municipality_id = %(municipality)s AND COALESCE(after.kind, 'unknown') = 'unknown'
              AND (s.household_id, s.ends_on) NOT IN (SELECT household_id, since FROM joined)
        """,
    ),
    FactCheck(
        key="no_end",
        text=_("The case is closed, and no day of moving out of temporary accommodation is registered."),
        is_hard=True,
        select="""
            SELECT r.household_id
            FROM period p JOIN housing_residence r ON r.kind = 'temporary' AND r.ends_on IS NULL
                AND r.starts_on < p.ends_on
            WHERE r.municipality_id = %(municipality)s
              AND EXISTS (SELECT FROM cases_case c WHERE c.household_id = r.household_id AND c.state = 'closed')
              AND NOT EXISTS (SELECT FROM cases_case c WHERE c.household_id = r.household_id AND c.state <> 'closed')
        """,
    ),
    FactCheck(
        key="twice",
        text=_("The same person is in temporary accommodation with two households on the same night."),
        select="""
            SELECT a.household_id
            FROM stay_by_night a
            JOIN people_member m ON m.household_id = a.household_id AND m.role <> 'child_visit'
            JOIN people_member o ON o.person_id = m.person_id AND o.household_id <> m.household_id
                AND o.role <> 'child_visit' AND o.household_id <> ALL(%(left_out)s::bigint[])
            JOIN stay_by_night b ON b.n = a.n AND b.household_id = o.household_id
            WHERE NOT isempty(a.nights * b.nights * datemultirange(daterange(m.starts_on, m.ends_on))
                * datemultirange(daterange(o.starts_on, o.ends_on)))
        """,
    ),
    FactCheck(
        key="no_grant",
        text=_("The main reason is refugee, and no settlement of the last five years is registered."),
        select="""
            SELECT x.household_id
            FROM (SELECT household_id, starts_on AS day, reason FROM new_tenant
                  UNION ALL SELECT household_id, night, reason FROM waiting) x
            WHERE x.reason = 'refugee'
              AND NOT EXISTS (
                SELECT FROM cases_refugeesettlement s
                WHERE s.household_id = x.household_id AND s.settled_on <= x.day
                  AND (s.settled_on + INTERVAL '5 years')::date > x.day)
        """,
    ),
    FactCheck(
        key="nobody",
        text=_("Nobody is registered in the household, so that it cannot be told whether it is a family."),
        is_hard=True,
        select="""
            SELECT t.household_id FROM slept t
            WHERE NOT EXISTS (
                SELECT FROM people_member m
                WHERE m.household_id = t.household_id AND m.starts_on <= t.last_night
                  AND (m.ends_on IS NULL OR m.ends_on > t.first_night))
        """,
    ),
)

_EVERY: tuple[Check | FactCheck, ...] = (*CHECKS, UNANSWERED, NO_INHABITANTS, *FACT_CHECKS)
#: Every check by its key, with its words.
WORDS: dict[str, str | Promise] = {check.key: check.text for check in _EVERY}
#: Those that may be set aside.
SOFT = frozenset(check.key for check in _EVERY if not check.is_hard)
