"""What they need, the process that is followed, and what they think of it themselves."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cases.manifest.shapes import DataClass, Entry, Fate, Given, Purpose, fields

K2, K3, K4, K5, K6 = DataClass

HEARD = (
    Entry(
        model="cases.NeedsMapping",
        title=_("Needs mapping"),
        household="household",
        period=("started_on",),
        purpose=Purpose.HELP,
        fate=Fate.DELETED,
        fields=fields(
            (K3, Given.AS_IT_IS, "started_on light income_source"),
            (K3, Given.TO_THE_DAY_LEFT, "finished_on"),
            (K4, Given.IF_ALONE, "drug_problem"),
            (K3, Given.STAFF, "by"),
            (K3, Given.LINK, "household"),
            (K5, Given.SYSTEM, "municipality"),
            (K3, Given.SYSTEM, "id"),
        ),
    ),
    Entry(
        model="cases.MappedArea",
        title=_("What you told, area by area"),
        person="person",
        household="mapping__household",
        period=("mapping__started_on",),
        purpose=Purpose.HELP,
        fate=Fate.DELETED,
        fields=fields(
            (K3, Given.AS_IT_IS, "area state"),
            (K4, Given.TEXT, "text"),
            (K3, Given.LINK, "mapping person"),
            (K3, Given.SYSTEM, "id"),
        ),
    ),
    Entry(
        model="cases.AppliedProcess",
        title=_("Work process"),
        household="household",
        period=("starts_on", "ended_on"),
        purpose=Purpose.FOLLOW_UP,
        fate=Fate.DELETED,
        fields=fields(
            (K3, Given.AS_IT_IS, "starts_on"),
            (K4, Given.IF_ALONE, "group"),
            (K3, Given.TO_THE_DAY_LEFT, "ended_on"),
            (K3, Given.IF_ALONE, "ended_because"),
            (K3, Given.STAFF, "by"),
            (K3, Given.LINK, "household template"),
            (K3, Given.SYSTEM, "id"),
        ),
    ),
    Entry(
        model="cases.AppliedStep",
        title=_("Steps of the work process"),
        household="process__household",
        period=("process__starts_on", "process__ended_on"),
        purpose=Purpose.FOLLOW_UP,
        fate=Fate.DELETED,
        fields=fields(
            (K4, Given.TEXT, "what who paragraph adjusted_because"),
            (K3, Given.TO_THE_DAY_LEFT, "due_on done_on skipped_on"),
            (K3, Given.LINK, "process step"),
            (K3, Given.SYSTEM, "id order"),
        ),
    ),
    Entry(
        model="cases.Survey",
        title=_("Surveys"),
        person="person",
        household="household",
        period=("asked_on",),
        purpose=Purpose.FOLLOW_UP,
        fate=Fate.DELETED,
        fields=fields(
            (K3, Given.AS_IT_IS, "kind moved_in_on asked_on outcome way"),
            (K4, Given.TEXT, "comment"),
            (K3, Given.STAFF, "by"),
            (K3, Given.LINK, "household person"),
            (K5, Given.SYSTEM, "municipality"),
            (K3, Given.SYSTEM, "id"),
        ),
    ),
    Entry(
        model="cases.SurveyAnswer",
        title=_("Answers to surveys"),
        person="survey__person",
        household="survey__household",
        period=("survey__asked_on",),
        purpose=Purpose.FOLLOW_UP,
        fate=Fate.DELETED,
        fields=fields(
            (K3, Given.AS_IT_IS, "question score"),
            (K3, Given.LINK, "survey"),
            (K3, Given.SYSTEM, "id"),
        ),
    ),
    Entry(
        model="cases.HomeChoice",
        title=_("Choice among homes"),
        household="household",
        period=("on",),
        purpose=Purpose.HELP,
        fate=Fate.DELETED,
        fields=fields(
            (K3, Given.AS_IT_IS, "on"),
            (K4, Given.TEXT, "wish"),
            (K3, Given.STAFF, "by"),
            (K3, Given.LINK, "household"),
            (K3, Given.SYSTEM, "id"),
        ),
    ),
    Entry(
        model="cases.HomeShown",
        title=_("Homes you were shown"),
        household="choice__household",
        period=("choice__on",),
        purpose=Purpose.HELP,
        fate=Fate.DELETED,
        fields=fields(
            (K5, Given.PLACE, "dwelling other"),
            (K3, Given.AS_IT_IS, "is_chosen"),
            (K3, Given.LINK, "choice"),
            (K3, Given.SYSTEM, "id"),
        ),
    ),
    Entry(
        model="cases.InformalComplaint",
        title=_("Complaints"),
        household="household",
        period=("received_on",),
        purpose=Purpose.FOLLOW_UP,
        fate=Fate.DELETED,
        fields=fields(
            (K3, Given.AS_IT_IS, "about received_on due_on leads_to_change"),
            (K3, Given.TO_THE_DAY_LEFT, "answered_on"),
            (K4, Given.TEXT, "text answer"),
            (K3, Given.STAFF, "by answered_by"),
            (K3, Given.LINK, "household"),
            (K3, Given.SYSTEM, "id"),
        ),
    ),
)
