"""What happens after a decision is made: whom it reached, and what becomes of an appeal."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cases.law_checks.shapes import LawCheck, Severity, Told

AFTERWARDS = (
    LawCheck(
        number="L06",
        title=_("A decision that has not reached the guardian or agent"),
        duty=_("The decision has reached whoever acts for the party"),
        rule="representative",
        severity=Severity.SERIOUS,
        mend="cases:register_notice",
        of_subject=True,
        # whom a mandate reaches is what cases.recipients says: no letter goes to the others
        sql="""
            SELECT d.household_id, d.decided_on AS since, 'decision' AS subject_kind, d.id AS subject_id,
                   CASE WHEN EXISTS (SELECT FROM cases_notice n
                                     WHERE n.decision_id = d.id AND n.representative_id = r.id
                                       AND n.dismissal_id IS NULL AND n.struck_at IS NULL) THEN 'met'
                        WHEN d.decided_on + %(reached_within)s::integer < %(on)s::date THEN 'missing'
                        ELSE 'waiting' END AS state
            FROM decided d JOIN cases_representative r USING (household_id) JOIN people_person p ON p.id = r.person_id
            WHERE d.status IN ('issued', 'notified') AND (d.ends_on IS NULL OR d.ends_on > %(on)s)
              AND r.gets_letters AND r.kind <> 'estate'
              AND r.starts_on <= d.decided_on AND (r.ends_on IS NULL OR r.ends_on > %(on)s)
              AND (r.kind <> 'guardian' OR r.scope = 'both' OR jsonb_exists(%(reach)s::jsonb -> d.kind, r.scope))
              AND (r.kind <> 'parent' OR (p.born_on + INTERVAL '18 years')::date > d.decided_on)
        """,
    ),
    LawCheck(
        number="L07",
        title=_("An appeal neither granted nor forwarded in time"),
        duty=_("The appeal is reconsidered, and forwarded when the decision is not changed"),
        rule="appeal.prepared",
        severity=Severity.SERIOUS,
        mend="cases:appeal",
        of_subject=True,
        told=Told.DUE,
        sql="""
            SELECT a.household_id, a.due_on AS since, 'appeal' AS subject_kind, a.id AS subject_id,
                   CASE WHEN a.due_on < %(on)s THEN 'missing' ELSE 'waiting' END AS state
            FROM asked JOIN cases_appeal a USING (household_id)
            WHERE a.status = ANY(%(at_the_unit)s)
        """,
    ),
    LawCheck(
        number="L15",
        title=_("A decision that has reached nobody"),
        duty=_("The decision has reached the party"),
        rule="appeal.weeks",
        severity=Severity.SERIOUS,
        mend="cases:register_notice",
        of_subject=True,
        sql="""
            SELECT d.household_id, d.decided_on AS since, 'decision' AS subject_kind, d.id AS subject_id,
                   CASE WHEN d.status = 'notified' THEN 'met'
                        WHEN d.decided_on + %(reached_within)s::integer < %(on)s::date THEN 'missing'
                        ELSE 'waiting' END AS state
            FROM decided d
            WHERE d.status IN ('issued', 'notified') AND (d.ends_on IS NULL OR d.ends_on > %(on)s)
        """,
    ),
    LawCheck(
        number="L22",
        title=_("A disputed responsibility that no leader has decided in time"),
        duty=_("A leader decides who is responsible"),
        rule="dispute.working_days",
        severity=Severity.SERIOUS,
        mend="cases:dispute",
        of_subject=True,
        sql="""
            SELECT r.household_id, r.since, 'responsibilitydispute' AS subject_kind, r.id AS subject_id,
                   CASE WHEN r.since <= %(dispute_late)s::date THEN 'missing' ELSE 'waiting' END AS state
            FROM asked JOIN cases_responsibilitydispute r USING (household_id)
            WHERE r.decided_at IS NULL
        """,
    ),
    LawCheck(
        number="L23",
        title=_("What an appeal led to is not carried out in time"),
        duty=_("What the appeal led to is carried out"),
        rule="appeal.prepared",
        severity=Severity.SERIOUS,
        mend="cases:appeal",
        of_subject=True,
        told=Told.DUE,
        sql="""
            SELECT a.household_id, a.consequence_due_on AS since, 'appeal' AS subject_kind, a.id AS subject_id,
                   CASE WHEN a.consequence_due_on < %(on)s THEN 'missing' ELSE 'waiting' END AS state
            FROM asked JOIN cases_appeal a USING (household_id)
            WHERE a.carried_out_on IS NULL AND a.consequence_due_on IS NOT NULL AND a.closed_on IS NULL
        """,
    ),
)
