"""Forms of the way to owning."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.actions.owning import Agreed
from cases.actions.owning_purchase import Purchase
from cases.actions.owning_work import Point
from cases.forms.cases import note
from cases.models import (
    OwningEnd,
    OwningPaymentKind,
    OwningWay,
    PotentialCriterion,
    PurchaseStep,
    RescueKind,
)
from housing.models import Dwelling, Residence
from people.act_forms import ActForm
from people.fields import TypedDateField, offer

_LONGEST = 2000
_DEAREST = 100_000_000
HOME, OTHER_HOME = "home", "other"
_PAYS = {"yes": True, "no": False}


def _kroner(label: Any, **more: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=_DEAREST, **more)


class AgreeForm(ActForm):
    """What is agreed; whoever rents first has a lease, a price, a last day and years."""

    way = forms.ChoiceField(label=_("Which way"), choices=OwningWay.choices, widget=forms.RadioSelect)
    agreed_on = TypedDateField(label=_("Agreed"))
    residence = forms.TypedChoiceField(label=_("The home they rent"), coerce=int, required=False, empty_value=None)
    option_price = _kroner(_("Price agreed, in kroner"), required=False)
    option_until = TypedDateField(label=_("Last day to buy at that price"), required=False)
    years = forms.IntegerField(label=_("Years"), min_value=1, max_value=30, required=False)
    saves_a_month = _kroner(_("To save a month"), required=False)
    saves_in_all = _kroner(_("To have saved before the purchase"), required=False)
    buy_back_price = _kroner(
        _("Price of a buy-back"), required=False, help_text=_("Where the municipality may or must buy it back.")
    )
    buy_back_until = TypedDateField(label=_("Last day of a buy-back"), required=False)

    def __init__(self, *args: Any, rented: list[Residence], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "residence", [("", _("None")), *((one.pk, one.get_kind_display()) for one in rented)])

    def agreed(self) -> Agreed:
        names = (name for name in Agreed.__dataclass_fields__ if name != "residence_id")
        told = {name: self.cleaned_data[name] for name in names}
        return Agreed(**told, residence_id=self.cleaned_data["residence"])


class PaymentForm(ActForm):
    kind = forms.ChoiceField(label=_("What"), choices=OwningPaymentKind.choices, widget=forms.RadioSelect)
    month = TypedDateField(label=_("A day in the month"), help_text=_("Told again for the same month it is put right."))
    amount = _kroner(_("Kroner"))


class PotentialForm(ActForm):
    """Points and a reason for every criterion."""

    summary = note(_("What it comes to"), max_length=_LONGEST)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for criterion in PotentialCriterion:
            self.fields[f"points_{criterion.value}"] = forms.TypedChoiceField(
                label=criterion.label, coerce=int, choices=_HOW_FAR, widget=forms.RadioSelect
            )
            self.fields[f"reason_{criterion.value}"] = forms.CharField(
                label=_("Why: %(about)s") % {"about": criterion.label}, max_length=300
            )
        self.order_fields([name for name in self.fields if name != "summary"])

    def points(self) -> dict[PotentialCriterion, Point]:
        told = self.cleaned_data
        return {
            criterion: Point(told[f"points_{criterion.value}"], told[f"reason_{criterion.value}"])
            for criterion in PotentialCriterion
        }


_HOW_FAR = [(0, _("0: not yet")), (1, _("1: on the way")), (2, _("2: in place"))]


class StepForm(ActForm):
    step = forms.ChoiceField(label=_("Step"), widget=forms.RadioSelect)
    on = TypedDateField(label=_("Done"))

    def __init__(self, *args: Any, taken: set[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "step", [(step.value, step.label) for step in PurchaseStep if step.value not in taken])


class PurchaseForm(ActForm):
    on = TypedDateField(label=_("The home is theirs from"))
    which = forms.ChoiceField(
        label=_("What they buy"),
        choices=[
            (HOME, _("The home they rent")),
            (OTHER_HOME, _("Another home: the one they rent becomes free")),
        ],
        widget=forms.RadioSelect,
        initial=HOME,
    )
    price = _kroner(_("Price paid, in kroner"), required=False)
    leaves_tenancy = forms.BooleanField(
        label=_("They leave the tenancy the same day"),
        required=False,
        help_text=_("Nobody has two homes here: the lease ends when they own."),
    )
    replaced_by = forms.TypedChoiceField(
        label=_("Dwelling bought in its place"), coerce=int, required=False, empty_value=None
    )

    def __init__(self, *args: Any, municipality_id: str, is_ours: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_ours:
            del self.fields["replaced_by"]
            return
        ours = Dwelling.objects.filter(municipality=municipality_id, disposed_on__isnull=True).order_by(
            "address", "ref"
        )
        offer(self, "replaced_by", [("", _("None")), *((one.pk, str(one)) for one in ours)])

    def bought(self) -> Purchase:
        told = self.cleaned_data
        return Purchase(
            on=told["on"],
            price=told["price"],
            leaves_tenancy=told["leaves_tenancy"],
            is_rented_home=told["which"] == HOME,
            replaced_by_id=told.get("replaced_by"),
        )


class RescueForm(ActForm):
    kind = forms.ChoiceField(label=_("What is done"), choices=RescueKind.choices, widget=forms.RadioSelect)
    starts_on = TypedDateField(label=_("From"))
    ends_on = TypedDateField(label=_("To"), required=False)
    note = note(_("Note"), max_length=_LONGEST)


class TalkForm(ActForm):
    on = TypedDateField(label=_("Day"))
    pays = forms.TypedChoiceField(
        label=_("Do they pay as agreed?"),
        choices=[("yes", _("Yes")), ("no", _("No")), ("unknown", _("Not known"))],
        coerce=_PAYS.get,
        widget=forms.RadioSelect,
    )
    note = note(_("Note"), max_length=_LONGEST)


class EndAgreementForm(ActForm):
    on = TypedDateField(label=_("Day"))
    because = forms.ChoiceField(label=_("Why it ended"), widget=forms.RadioSelect)
    note = note(_("Note"), max_length=_LONGEST)

    def __init__(self, *args: Any, ends: list[OwningEnd], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "because", [(end.value, end.label) for end in ends])
