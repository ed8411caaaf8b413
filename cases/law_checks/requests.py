"""What was asked for, and whether it was answered as the law says."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cases.law_checks.shapes import LawCheck, Severity, Told

REQUESTS = (
    LawCheck(
        number="L05",
        title=_("No preliminary answer in a month"),
        duty=_("A preliminary answer within a month"),
        rule="preliminary_answer.after_months",
        severity=Severity.ORDINARY,
        mend="cases:preliminary_answer",
        told=Told.DUE,
        sql="""
            SELECT q.household_id, (q.asked_on + make_interval(months => %(preliminary_months)s))::date AS since,
                   'request' AS subject_kind, q.id AS subject_id,
                   CASE WHEN EXISTS (SELECT FROM cases_answerdelay a WHERE a.request_id = q.id) THEN 'met'
                        WHEN (q.asked_on + make_interval(months => %(preliminary_months)s))::date < %(on)s
                        THEN 'missing' ELSE 'waiting' END AS state
            FROM request q
            WHERE q.outcome = '' AND NOT q.lacks_place_tonight
        """,
    ),
    LawCheck(
        number="L21",
        title=_("The day passed by which an answer was promised, and nothing more was told"),
        duty=_("Whoever was promised an answer by a day gets it, or a new day"),
        rule="preliminary_answer.after_months",
        severity=Severity.ORDINARY,
        mend="cases:delay_notice",
        told=Told.DUE,
        sql="""
            SELECT q.household_id, last.expected_by AS since, 'request' AS subject_kind, q.id AS subject_id,
                   CASE WHEN last.expected_by < %(on)s THEN 'missing' ELSE 'waiting' END AS state
            FROM request q
            CROSS JOIN LATERAL (
                SELECT a.expected_by FROM cases_answerdelay a WHERE a.request_id = q.id
                ORDER BY a.sent_on DESC, a.id DESC LIMIT 1
            ) last
            WHERE q.outcome = ''
        """,
    ),
    LawCheck(
        number="L10",
        title=_("Lacked a place for the night and got no answer the same day"),
        duty=_("The request has an answer the same day"),
        rule="same_day_answer",
        severity=Severity.SERIOUS,
        mend="cases:answer_request",
        of_subject=True,
        sql="""
            SELECT q.household_id, q.asked_on AS since, 'request' AS subject_kind, q.id AS subject_id,
                   CASE WHEN q.outcome <> '' THEN 'met' WHEN q.asked_on < %(on)s THEN 'missing' ELSE 'waiting' END
            FROM request q
            WHERE q.lacks_place_tonight AND (q.outcome = '' OR q.asked_on = %(on)s)
        """,
    ),
    LawCheck(
        number="L11",
        title=_("Asked for help to get or keep a home, without a decision on it"),
        duty=_("A request for help to get or keep a home has a decision"),
        rule="housing_help.decision",
        severity=Severity.SERIOUS,
        mend="cases:begin_decision",
        told=Told.DUE,
        # refusing a dwelling is no answer to it: only a decision on housing help is
        sql="""
            SELECT q.household_id, (q.asked_on + make_interval(months => %(preliminary_months)s))::date AS since,
                   'request' AS subject_kind, q.id AS subject_id,
                   CASE WHEN EXISTS (SELECT FROM decided d
                                     WHERE d.household_id = q.household_id AND d.kind = 'housing_help'
                                       AND d.decided_at >= q.asked_at) THEN 'met'
                        WHEN q.outcome = '' AND (q.asked_on + make_interval(months => %(preliminary_months)s))::date
                             >= %(on)s THEN 'waiting'
                        ELSE 'missing' END AS state
            FROM request q
            WHERE q.kind = 'housing_help' AND q.outcome NOT IN ('withdrawn', 'passed_on')
        """,
    ),
    LawCheck(
        number="L20",
        title=_("Refused a place for the night without a decision"),
        duty=_("A refusal is a decision"),
        rule="decision",
        severity=Severity.SERIOUS,
        mend="cases:begin_decision",
        sql="""
            SELECT q.household_id, q.outcome_on AS since, 'request' AS subject_kind, q.id AS subject_id,
                   CASE WHEN EXISTS (SELECT FROM decided d
                                     WHERE d.household_id = q.household_id
                                       AND d.result IN ('refused', 'dismissed', 'partly')
                                       AND (d.request_id = q.id
                                            OR (d.decided_at >= q.asked_at
                                                AND (d.kind = 'temporary' OR NOT q.lacks_place_tonight))))
                        THEN 'met' ELSE 'missing' END AS state
            FROM request q
            WHERE q.outcome = 'refused'
        """,
    ),
    LawCheck(
        number="L17",
        title=_("Lacked a place for the night and got an answer that the law does not allow"),
        duty=_("Whoever lacks a place is offered one of proper standard, or a decision"),
        rule="same_day_answer",
        severity=Severity.SERIOUS,
        mend="cases:place",
        sql="""
            SELECT q.household_id, q.outcome_on AS since, 'request' AS subject_kind, q.id AS subject_id,
                   CASE WHEN q.outcome = ANY(%(unlawful)s) THEN 'missing' ELSE 'met' END AS state
            FROM asked a
            CROSS JOIN LATERAL (
                SELECT r.* FROM request r
                WHERE r.household_id = a.household_id AND r.lacks_place_tonight AND r.outcome <> ''
                ORDER BY r.asked_at DESC, r.id DESC LIMIT 1
            ) q
            JOIN cases_case c ON c.household_id = q.household_id AND c.state <> 'closed'
        """,
    ),
)
