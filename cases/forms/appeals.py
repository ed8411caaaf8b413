"""Notices, requests for reasons, and every step of an appeal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.actions.appeal_answers import Answered
from cases.actions.appeals import NewAppeal
from cases.actions.arrivals import NewNotice
from cases.actions.reconsidering import NewResult, OwnAssessment
from cases.forms.cases import note
from cases.models import (
    AppealAnswer,
    AppealGround,
    Channel,
    Consequence,
    Decision,
    DecisionResult,
    DismissalReason,
    Excuse,
    NoticeWay,
    ReceivedPaper,
)
from cases.questions.appeals import Choice, Listable
from people.act_forms import ActForm
from people.fields import TypedDateField, offer
from people.models import Unit

_LONG = 4000
_EXCUSES = [(one.value, one.label) for one in (Excuse.NOT_TO_BLAME, Excuse.SPECIAL_REASONS)]


class NoticeForm(ActForm):
    """Who got it, how and when."""

    recipient = forms.ChoiceField(label=_("Who got it"), widget=forms.RadioSelect)
    way = forms.ChoiceField(label=_("How"), choices=NoticeWay.choices, widget=forms.RadioSelect)
    sent_on = TypedDateField(label=_("Sent"), required=False, help_text=_("When it was sent by post or digitally."))
    reached_on = TypedDateField(
        label=_("Reached them"),
        required=False,
        help_text=_("The day somebody knows. Of post and digital letters it may be empty: it is then presumed."),
    )
    note = note(_("How we know"), max_length=300)

    def __init__(self, *args: Any, recipients: Iterable[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(one.key, one.label) for one in recipients]
        offer(self, "recipient", choices)
        if len(choices) == 1:
            self.fields["recipient"].initial = choices[0][0]

    def new_notice(self) -> NewNotice:
        told = self.cleaned_data
        names = ("recipient", "way", "sent_on", "reached_on", "note")
        return NewNotice(**{name: told[name] for name in names})


class CorrectNoticeForm(NoticeForm):
    """What was wrong, and what is right."""

    because = note(_("What was wrong"), required=True, max_length=300)
    never = forms.BooleanField(
        label=_("It never reached them"), required=False, help_text=_("As when the letter came back.")
    )
    field_order = ("because", "never", "recipient", "way", "sent_on", "reached_on", "note")


class AskReasonsForm(ActForm):
    person = forms.TypedChoiceField(label=_("Who asks"), coerce=int)
    channel = forms.ChoiceField(label=_("How it came"), choices=Channel.choices, initial=Channel.WRITTEN)
    asked_on = TypedDateField(label=_("Asked"))

    def __init__(self, *args: Any, parties: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "person", list(parties))


class GiveReasonsForm(ActForm):
    reasons = note(_("The reasons given"), required=True, max_length=_LONG)
    answered_on = TypedDateField(label=_("Given"))
    reached_on = TypedDateField(
        label=_("Reached the party"), help_text=_("The time to appeal runs anew from this day.")
    )


class SuspendForm(ActForm):
    asked_on = TypedDateField(label=_("Asked"))
    because = note(_("Why it should wait"), max_length=_LONG)


class DecideSuspensionForm(ActForm):
    is_granted = forms.TypedChoiceField(
        label=_("Does the decision wait?"),
        choices=[("yes", _("Yes, it waits")), ("no", _("No, it applies meanwhile"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    reason = note(_("Reason"), required=True, max_length=_LONG)
    until = TypedDateField(label=_("Until"), required=False, help_text=_("Empty: until the appeal is decided."))


class AppealForm(ActForm):
    """Who appeals what, how it came, and why."""

    appellant = forms.ChoiceField(label=_("Who appeals"), widget=forms.RadioSelect)
    appellant_name = forms.CharField(label=_("Name, if it is somebody else"), required=False, max_length=200)
    channel = forms.ChoiceField(
        label=_("How it came"),
        choices=Channel.choices,
        initial=Channel.WRITTEN,
        help_text=_("By word of mouth too: write it down with them."),
    )
    received_on = TypedDateField(label=_("Received"))
    posted_on = TypedDateField(
        label=_("Posted"), required=False, help_text=_("By the postmark. Posted in time is in time.")
    )
    against = note(_("What is appealed, and what they want"), required=True, max_length=_LONG)
    grounds = forms.CharField(
        label=_("Grounds"),
        required=False,
        max_length=_LONG,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Their own words, one ground a line. Each is assessed by itself."),
    )
    is_signed = forms.BooleanField(label=_("Signed"), required=False, initial=True)
    paper = forms.TypedChoiceField(
        label=_("The paper it came as"), required=False, coerce=int, empty_value=None, choices=()
    )
    lodged_with = forms.TypedChoiceField(
        label=_("Came first to"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=(),
        help_text=_("If it was given to another unit: the day it came there counts."),
    )

    def __init__(
        self,
        *args: Any,
        appellants: Iterable[Choice],
        papers: Sequence[ReceivedPaper],
        units: Iterable[Unit],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "appellant", [(one.key, one.label) for one in appellants])
        offer(self, "paper", [("", _("None")), *((paper.pk, paper.about) for paper in papers)])
        offer(self, "lodged_with", [("", _("The unit that decided")), *((unit.pk, unit.name) for unit in units)])

    def new_appeal(self, *, dismissal_id: int | None) -> NewAppeal:
        told = self.cleaned_data
        return NewAppeal(
            appellant=told["appellant"],
            appellant_name=told["appellant_name"],
            channel=told["channel"],
            received_on=told["received_on"],
            posted_on=told["posted_on"],
            against=told["against"],
            grounds=tuple(told["grounds"].splitlines()),
            is_signed=told["is_signed"],
            paper_id=told["paper"],
            lodged_with_id=told["lodged_with"],
            dismissal_id=dismissal_id,
        )


class TakeUpForm(ActForm):
    """Nothing to fill in, unless it came too late."""

    excuse = forms.ChoiceField(label=_("Why it is taken all the same"), choices=_EXCUSES, widget=forms.RadioSelect)
    excuse_reason = note(_("Reason"), required=True, max_length=_LONG)

    def __init__(self, *args: Any, is_late: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_late:
            del self.fields["excuse"], self.fields["excuse_reason"]


class DismissForm(ActForm):
    because = forms.ChoiceField(label=_("Why"), choices=DismissalReason.choices, widget=forms.RadioSelect)
    reason = note(_("Reason, as the letter tells it"), required=True, max_length=_LONG)


class WithdrawForm(ActForm):
    on = TypedDateField(label=_("Withdrawn"))
    because = note(_("How it was withdrawn"), required=True, max_length=300)


class AssessForm(ActForm):
    """The unit's own assessment, ground by ground. Nothing is required to keep it so far."""

    facts = forms.CharField(
        label=_("The facts of the case"), required=False, max_length=_LONG, widget=forms.Textarea(attrs={"rows": 6})
    )
    conclusion = forms.CharField(
        label=_("Conclusion"), required=False, max_length=_LONG, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args: Any, grounds: Sequence[AppealGround], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.numbers = [one.number for one in grounds]
        for one in grounds:
            self.fields[f"ground_{one.number}"] = forms.CharField(
                label=_("Our assessment of ground %(number)s") % {"number": one.number},
                help_text=one.text,
                required=False,
                max_length=_LONG,
                initial=one.assessment,
                widget=forms.Textarea(attrs={"rows": 4}),
            )
        self.order_fields(["facts", *(f"ground_{number}" for number in self.numbers), "conclusion"])

    def own_assessment(self) -> OwnAssessment:
        told = self.cleaned_data
        return OwnAssessment(
            grounds={number: told[f"ground_{number}"] for number in self.numbers},
            facts=told["facts"],
            conclusion=told["conclusion"],
        )


class ChangeForm(ActForm):
    """What the decision is changed to."""

    changes = note(_("What is changed, as the letter tells it"), required=True, max_length=_LONG)
    result = forms.ChoiceField(
        label=_("The new decision"),
        choices=[(one.value, one.label) for one in (DecisionResult.GRANTED, DecisionResult.PARTLY)],
        widget=forms.RadioSelect,
    )
    starts_on = TypedDateField(label=_("From"))
    ends_on = TypedDateField(label=_("Until"), required=False, help_text=_("First day without it. Empty: no end."))

    def new_result(self) -> NewResult:
        told = self.cleaned_data
        return NewResult(**{name: told[name] for name in ("changes", "result", "starts_on", "ends_on")})


class ForwardForm(ActForm):
    """The documents that go with it."""

    sources = forms.MultipleChoiceField(label=_("Documents that go with it"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, listable: Sequence[Listable], day: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["sources"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(one.source, f"{day(one.dated)}: {one.title}") for one in listable]
        field.initial = [one.source for one in listable if one.is_usual]


class AnswerAppealForm(ActForm):
    answer = forms.ChoiceField(label=_("What they decided"), choices=AppealAnswer.choices, widget=forms.RadioSelect)
    answered_on = TypedDateField(label=_("Day of the answer"))
    reference = forms.CharField(label=_("Their reference"), required=False, max_length=60)
    reason = note(_("Their reasons, in short"), required=True, max_length=_LONG)
    consequence = forms.ChoiceField(
        label=_("What the unit must do"), choices=Consequence.choices, widget=forms.RadioSelect
    )
    paper = forms.TypedChoiceField(label=_("Their letter"), required=False, coerce=int, empty_value=None, choices=())

    def __init__(self, *args: Any, papers: Sequence[ReceivedPaper], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "paper", [("", _("Not taken in")), *((paper.pk, paper.about) for paper in papers)])

    def told(self) -> Answered:
        told = self.cleaned_data
        return Answered(
            answer=told["answer"],
            on=told["answered_on"],
            consequence=told["consequence"],
            reason=told["reason"],
            reference=told["reference"],
            paper_id=told["paper"],
        )


class CarryOutForm(ActForm):
    decision = forms.TypedChoiceField(
        label=_("The new decision"), required=False, coerce=int, empty_value=None, choices=()
    )
    what = note(_("What was done"), max_length=300)

    def __init__(self, *args: Any, decisions: Sequence[Decision], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if decisions:
            named = [(one.pk, f"V-{one.pk} {one.get_result_display()}") for one in decisions]
            offer(self, "decision", [("", _("Choose")), *named])
        else:
            del self.fields["decision"]


class HandOnForm(ActForm):
    received_on = TypedDateField(label=_("Received here"))
    about = note(_("What the appeal is about"), required=True, max_length=_LONG)
    to_unit = forms.TypedChoiceField(
        label=_("Unit that it belongs to"), required=False, coerce=int, empty_value=None, choices=()
    )
    to_body = forms.CharField(label=_("Or another municipality or service"), required=False, max_length=200)
    reason = note(_("Why it belongs there"), required=True, max_length=300)

    def __init__(self, *args: Any, units: Iterable[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "to_unit", [("", _("None of ours")), *((unit.pk, unit.name) for unit in units)])
