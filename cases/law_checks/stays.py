"""Whoever is in temporary accommodation tonight: sosialtjenesteloven § 27 and the quality of the place."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cases.law_checks.shapes import LawCheck, Severity, Told

STAYS = (
    LawCheck(
        number="L01",
        title=_("A night in temporary accommodation without a decision in force"),
        duty=_("A decision covers tonight"),
        rule="decision",
        severity=Severity.SERIOUS,
        mend="cases:begin_decision",
        sql="""
            SELECT t.household_id,
                   GREATEST(t.stay_on, COALESCE((SELECT max(g.ends_on) FROM given g
                                                 WHERE g.household_id = t.household_id AND g.ends_on <= %(on)s),
                                                t.stay_on)) AS since,
                   'residence' AS subject_kind, t.residence_id AS subject_id,
                   CASE WHEN EXISTS (SELECT FROM given g WHERE g.household_id = t.household_id
                                       AND g.starts_on <= %(on)s AND g.ends_on > %(on)s)
                        THEN 'met' ELSE 'missing' END AS state
            FROM tonight t
        """,
    ),
    LawCheck(
        number="L04",
        title=_("The child's best interest is not stated"),
        duty=_("The child's best interest is stated"),
        rule="child_interest",
        severity=Severity.SERIOUS,
        mend="cases:decisions",
        sql="""
            SELECT t.household_id, t.moved_in_on AS since, 'residence' AS subject_kind, t.residence_id AS subject_id,
                   CASE WHEN EXISTS (SELECT FROM child
                                     LEFT JOIN cases_childinterest c
                                         ON c.decision_id = last.id AND c.person_id = child.person_id
                                     WHERE child.household_id = t.household_id
                                       AND btrim(COALESCE(c.text, '')) = '') THEN 'missing' ELSE 'met' END AS state
            FROM tonight t
            LEFT JOIN LATERAL (
                SELECT g.id FROM given g WHERE g.household_id = t.household_id
                ORDER BY g.starts_on DESC, g.id DESC LIMIT 1
            ) last ON TRUE
            WHERE t.has_child
        """,
    ),
    LawCheck(
        number="L08",
        title=_("Placed where no quality agreement is in force"),
        duty=_("A quality agreement is in force where they stay"),
        rule="roof",
        severity=Severity.SERIOUS,
        mend="cases:move",
        sql="""
            SELECT t.household_id,
                   GREATEST(t.moved_in_on, (SELECT max(a.ends_on) FROM housing_qualityagreement a
                                            WHERE a.provider_id = t.provider_id AND a.ends_on <= %(on)s)) AS since,
                   'residence' AS subject_kind, t.residence_id AS subject_id,
                   CASE WHEN EXISTS (SELECT FROM housing_qualityagreement a
                                     WHERE a.provider_id = t.provider_id AND a.starts_on <= %(on)s
                                       AND (a.ends_on IS NULL OR a.ends_on > %(on)s))
                        THEN 'met' ELSE 'missing' END AS state
            FROM tonight t
            WHERE t.provider_id IS NOT NULL
        """,
    ),
    LawCheck(
        number="L09",
        title=_("A child placed where children are not approved to stay"),
        duty=_("The place is approved for children"),
        rule="roof",
        severity=Severity.SERIOUS,
        mend="cases:move",
        sql="""
            SELECT t.household_id, t.moved_in_on AS since, 'residence' AS subject_kind, t.residence_id AS subject_id,
                   CASE WHEN p.suits_children THEN 'met' ELSE 'missing' END AS state
            FROM tonight t JOIN housing_provider p ON p.id = t.provider_id
            WHERE t.has_child
        """,
    ),
    LawCheck(
        number="L13",
        title=_("No housing plan in 14 days"),
        duty=_("A housing plan within 14 days"),
        rule="plan.within_days",
        severity=Severity.ORDINARY,
        mend="cases:make_plan",
        told=Told.DUE,
        sql="""
            SELECT t.household_id, t.stay_on + %(plan_within)s::integer AS since,
                   'household' AS subject_kind, t.household_id AS subject_id,
                   CASE WHEN EXISTS (SELECT FROM cases_housingplan h
                                     WHERE h.household_id = t.household_id AND h.made_on <= %(on)s
                                       AND (h.ended_on IS NULL OR h.ended_on > %(on)s)) THEN 'met'
                        WHEN t.stay_on + %(plan_within)s::integer >= %(on)s THEN 'waiting'
                        ELSE 'missing' END AS state
            FROM tonight t
        """,
    ),
    LawCheck(
        number="L14",
        title=_("Over three months without a reason and a measure that holds"),
        duty=_("The long stay has a reason, a measure and a deadline ahead"),
        rule="stay.limit_months",
        severity=Severity.SERIOUS,
        mend="cases:review",
        sql="""
            SELECT t.household_id, t.limit_on AS since, 'household' AS subject_kind, t.household_id AS subject_id,
                   CASE WHEN (SELECT b.deadline FROM cases_breachreview b
                              WHERE b.household_id = t.household_id AND b.first_night = t.stay_on
                              ORDER BY b.id DESC LIMIT 1) >= %(on)s THEN 'met' ELSE 'missing' END AS state
            FROM tonight t
            WHERE t.limit_on < %(on)s
        """,
    ),
    LawCheck(
        number="L16",
        title=_("The decision runs out, and the stay goes on"),
        duty=_("The decision lasts as long as the stay"),
        rule="decision",
        severity=Severity.NOTICE,
        mend="cases:extend",
        told=Told.DUE,
        sql="""
            SELECT t.household_id, last.ends_on AS since, 'decision' AS subject_kind, last.id AS subject_id,
                   CASE WHEN last.ends_on > %(on)s::date + %(expires_within)s::integer THEN 'met'
                        ELSE 'missing' END AS state
            FROM tonight t
            CROSS JOIN LATERAL (
                SELECT g.id, g.ends_on FROM given g WHERE g.household_id = t.household_id
                ORDER BY g.ends_on DESC, g.id DESC LIMIT 1
            ) last
            WHERE last.ends_on > %(on)s AND (t.ends_on IS NULL OR t.ends_on > last.ends_on)
        """,
    ),
)
