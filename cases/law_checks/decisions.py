"""What was decided, and how."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cases.law_checks.shapes import LawCheck, Severity, Told

DECISIONS = (
    LawCheck(
        number="L02",
        title=_("A decision made after the day it begins"),
        duty=_("The decision was made before it began"),
        rule="start_reason",
        severity=Severity.SERIOUS,
        mend="cases:decision",
        of_subject=True,
        sql="""
            SELECT g.household_id, g.starts_on AS since, 'decision' AS subject_kind, g.id AS subject_id,
                   CASE WHEN g.decided_on <= g.starts_on THEN 'met' ELSE 'missing' END AS state
            FROM given g
            WHERE g.starts_on <= %(on)s AND g.ends_on > %(on)s
        """,
    ),
    LawCheck(
        number="L03",
        title=_("A decision in force lacks a part that it must have"),
        duty=_("The decision has every part that it must have"),
        rule="reasons",
        severity=Severity.SERIOUS,
        mend="cases:decision",
        of_subject=True,
        sql="""
            SELECT d.household_id, d.decided_on AS since, 'decision' AS subject_kind, d.id AS subject_id,
                   CASE WHEN EXISTS (
                            SELECT FROM cases_decision w
                            JOIN jsonb_to_recordset(%(required)s::jsonb)
                                AS r (kind text, move text, result text, part text)
                                ON r.kind = w.kind AND r.move = w.move AND r.result = w.result
                            WHERE w.id = d.id AND btrim(COALESCE(to_jsonb(w) ->> r.part, '')) = '')
                        THEN 'missing' ELSE 'met' END AS state
            FROM decided d
            WHERE d.status IN ('issued', 'notified') AND (d.ends_on IS NULL OR d.ends_on > %(on)s)
        """,
    ),
    LawCheck(
        number="L12",
        title=_("A decision given by word of mouth that nobody has written down"),
        duty=_("The decision is given in writing"),
        rule="oral.write_within_working_days",
        severity=Severity.SERIOUS,
        mend="cases:write_decision",
        of_subject=True,
        sql="""
            SELECT d.household_id, (d.told_at AT TIME ZONE 'Europe/Oslo')::date AS since,
                   'decision' AS subject_kind, d.id AS subject_id,
                   CASE WHEN d.status <> 'oral' THEN 'met'
                        WHEN (d.told_at AT TIME ZONE 'Europe/Oslo')::date <= %(oral_late)s::date THEN 'missing'
                        ELSE 'waiting' END AS state
            FROM asked JOIN cases_decision d USING (household_id)
            WHERE d.status = 'oral' OR (d.told_at IS NOT NULL AND d.ends_on > %(on)s)
        """,
    ),
    LawCheck(
        number="L18",
        title=_("An open case without a responsible caseworker"),
        duty=_("Somebody is responsible for the case"),
        rule="internal_control",
        severity=Severity.ORDINARY,
        mend="cases:assign",
        sql="""
            SELECT c.household_id,
                   GREATEST(c.opened_on, COALESCE((SELECT max(a.ends_on) FROM people_assignment a
                                                   WHERE a.household_id = c.household_id AND a.role = 'owner'
                                                     AND a.ends_on <= %(on)s), c.opened_on)) AS since,
                   'case' AS subject_kind, c.id AS subject_id,
                   CASE WHEN EXISTS (SELECT FROM people_assignment a
                                     WHERE a.household_id = c.household_id AND a.role = 'owner'
                                       AND a.starts_on <= %(on)s AND (a.ends_on IS NULL OR a.ends_on > %(on)s))
                        THEN 'met' ELSE 'missing' END AS state
            FROM asked JOIN cases_case c USING (household_id)
            WHERE c.state <> 'closed' AND c.opened_on <= %(on)s
        """,
    ),
    LawCheck(
        number="L19",
        title=_("Another authority's letter not answered in time"),
        duty=_("Another authority's letter is answered in time"),
        rule="internal_control",
        severity=Severity.ORDINARY,
        mend="cases:answer_authority_letter",
        of_subject=True,
        told=Told.DUE,
        sql="""
            SELECT l.household_id, l.due_on AS since, 'authorityletter' AS subject_kind, l.id AS subject_id,
                   CASE WHEN l.due_on < %(on)s THEN 'missing' ELSE 'waiting' END AS state
            FROM asked JOIN cases_authorityletter l USING (household_id)
            WHERE l.answered_on IS NULL
        """,
    ),
)
