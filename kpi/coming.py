"""The indicators of who comes out of prison, institutions and crisis centres, and of refugees settled.

Sources: *Bolig for velferd* (2014-2020), målsetting 1 and 4; *På vei til egen bolig* (2005-2007); docs/kpi.md.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kpi.declaring import Better, Count, Indicator, Known, Population, Total, Unit

#: The heading of our own codes.
COMING = "coming"

_SETTLED = _("Refugees settled in the period, a person each.")
_LEFT_PRISON = _("Households that moved out of prison in the period.")
_LEFT_INSTITUTION = _("Households that moved out of an institution in the period.")
_TO_TEMPORARY = _("Into temporary accommodation at once or within the tolerated nights, with no home before it.")
_HOMELESS = _("Households without a home on the last night of the period.")
_NATIONAL = "Bolig for velferd (2014-2020)"
_BEFORE = "På vei til egen bolig (2005-2007)"
_OWN = "Varig"


def _settled(code: str, question: str | Promise, numerator: Total, definition: str | Promise, **more: Any) -> Indicator:
    told: dict[str, Any] = {
        "goal": "4",
        "population_text": _SETTLED,
        "unit": Unit.PERCENT if "denominator" in more else Unit.NUMBER,
        "better": Better.HIGHER,
        "population": Population.SETTLED,
        "source": _NATIONAL,
    }
    return Indicator(code=code, question=question, numerator=numerator, definition=definition, **(told | more))


def _households(code: str, question: str | Promise, where: str, **more: Any) -> Indicator:
    told: dict[str, Any] = {
        "goal": COMING,
        "population": Population.LEFT_PLACE,
        "unit": Unit.HOUSEHOLDS,
        "better": Better.LOWER,
        "numerator": Count(where),
        "definition": _TO_TEMPORARY,
        "source": _BEFORE,
    }
    return Indicator(code=code, question=question, **(told | more))


_NOBODY: dict[str, Any] = {"target": _("Nobody (past)"), "target_value": Decimal(0)}

OF_COMING: tuple[Indicator, ...] = (
    Indicator(
        code="1.3",
        goal="1",
        question=_("How many of those who left a crisis centre moved back to the abuser?"),
        population_text=_("Those who left a crisis centre in the period, of whom it is told where they went."),
        definition=_("Own cases only: the crisis centres report the others."),
        unit=Unit.PERCENT,
        better=Better.LOWER,
        population=Population.LEFT_CRISIS_CENTRE,
        numerator=Count("is_back"),
        denominator=Count(),
        target=_("Five percentage points lower by 2020 (past)"),
        baseline=Known(year=2014, value=Decimal(15)),
        source=_NATIONAL,
    ),
    _settled(
        "4.1",
        _("How many of the refugees were settled within six months?"),
        Total("persons", "in_6"),
        _("From the decision or entry permit to the day settled, in calendar months."),
        denominator=Total("persons"),
        target=_("55 per cent (past)"),
        target_value=Decimal(55),
        baseline=Known(year=2015, value=Decimal(51)),
    ),
    _settled(
        "4.2",
        _("How many unaccompanied minors were settled?"),
        Total("minors", "minors > 0"),
        _("Those registered as unaccompanied minors, aged 15 to 18 on the day settled; also where no age is known."),
        target=_("2,150 in 2016 (past)"),
        baseline=Known(
            year=2015, value=Decimal(691), note=_("The source's table says resolved, its comment says settled.")
        ),
    ),
    _settled(
        "4.3",
        _("How many of the children in families were settled within three months?"),
        Total("children", "in_3 AND children > 0"),
        _("Children under 18 on the day settled; not those who came alone. Where they waited is not asked."),
        denominator=Total("children", "children > 0"),
        target=_("All (past)"),
        target_value=Decimal(100),
        baseline=Known(year=2015, value=Decimal(22)),
    ),
    _settled(
        "4.s2",
        _("How many refugees were settled?"),
        Total("persons"),
        _("Everybody in the household on the day settled who was not in it when it was settled before."),
        baseline=Known(year=2015, value=Decimal(11342)),
    ),
    _households(
        "p.3",
        _("How many came to temporary accommodation from prison?"),
        "kind = 'prison' AND to_temporary",
        population_text=_LEFT_PRISON,
        **_NOBODY,
    ),
    _households(
        "p.4",
        _("How many came to temporary accommodation from an institution?"),
        "kind = 'institution' AND to_temporary",
        population_text=_LEFT_INSTITUTION,
        **_NOBODY,
    ),
    _households(
        "after_prison",
        _("How many of those without a home came from prison?"),
        "is_after_prison",
        population=Population.HOMELESS_AFTER,
        population_text=_HOMELESS,
        definition=_("Prison was the last place before they were without a home."),
        source=_OWN,
    ),
    _households(
        "after_institution_6",
        _("How many of those without a home left an institution in the last six months?"),
        "is_after_institution",
        population=Population.HOMELESS_AFTER,
        population_text=_HOMELESS,
        definition=_("Counted back from the last night of the period, in calendar months."),
        source=_OWN,
    ),
)
