"""Who is in a household: forms for letting in, leaving, splitting and joining."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.actions.households import SplitReason
from cases.forms.cases import note
from housing.models import ResidenceKind
from people.act_forms import ActForm
from people.actions.persons import NewMember
from people.fields import DatedFormMixin, TypedDateField, offer
from people.identification import NotIdentified, identify
from people.models import Member, MemberRole, Protection

#: Situations of the part that leaves which need no provider.
_SITUATIONS = (
    ResidenceKind.ROUGH,
    ResidenceKind.FRIENDS,
    ResidenceKind.CRISIS_CENTRE,
    ResidenceKind.WITH_FAMILY,
    ResidenceKind.INSTITUTION,
    ResidenceKind.PRISON,
    ResidenceKind.UNKNOWN,
)


class PersonFields(forms.Form):
    """Who somebody is: a national id of any kind, or a name and a birth date."""

    national_id = forms.CharField(
        label=_("National id"),
        required=False,
        max_length=20,
        help_text=_("National identity number, D-number or DUF number. Leave empty if there is none."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )
    name = forms.CharField(label=_("Name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    born_on = TypedDateField(
        label=_("Birth date"), required=False, is_past=True, help_text=_("Needed when there is no national id.")
    )
    is_birth_approximate = forms.BooleanField(label=_("The birth date is approximate"), required=False)

    def clean_national_id(self) -> str:
        text = str(self.cleaned_data["national_id"]).strip()
        if not text:
            return ""
        try:
            return identify(text).number
        except NotIdentified as refusal:
            raise forms.ValidationError(str(refusal.message)) from None

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        told = {"national_id", "born_on"} & {name for name, value in cleaned.items() if value}
        if not told and "born_on" not in self.errors and "national_id" not in self.errors:
            self.add_error("born_on", _("Give a national id or a birth date, an approximate one if need be."))
        return cleaned

    def new_member(self, role: MemberRole, *, prefix: str = "") -> NewMember:
        """The person as told, from a valid form."""
        told = self.cleaned_data
        return NewMember(
            role=role,
            national_id=told["national_id"],
            name=told["name"],
            born_on=told["born_on"],
            is_birth_approximate=told["is_birth_approximate"],
            language=told.get("language", ""),
            needs_interpreter=told.get("needs_interpreter", False),
            protection=Protection(told.get("protection") or Protection.NONE),
            prefix=prefix,
        )


class MemberForm(PersonFields, ActForm):
    field_order = ["role", "national_id", "name", "born_on", "is_birth_approximate"]
    role = forms.ChoiceField(
        label=_("Role"), choices=[choice for choice in MemberRole.choices if choice[0] != MemberRole.APPLICANT]
    )
    language = forms.CharField(label=_("Language"), required=False, max_length=20)
    needs_interpreter = forms.BooleanField(label=_("Needs an interpreter"), required=False)
    starts_on = TypedDateField(label=_("Member from"))
    accepted = forms.BooleanField(
        label=_("I have looked at the warnings: it is right all the same"), required=False, widget=forms.HiddenInput
    )


class BirthForm(PersonFields, ActForm):
    """A newborn has a birth date and perhaps no number yet."""

    accepted = forms.BooleanField(
        label=_("I have looked at the warnings: it is right all the same"), required=False, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["is_birth_approximate"]
        self.fields["born_on"].required = True
        self.fields["born_on"].help_text = ""
        self.fields["name"].required = False

    def clean(self) -> dict[str, Any]:
        return {**super().clean(), "is_birth_approximate": False}


class EndMemberForm(ActForm):
    on = TypedDateField(label=_("First day not in the household"))
    reason = note(_("Reason"), required=True)


class SplitForm(ActForm):
    """Why, who leaves, in which role, where the new household lives, and who follows it."""

    because = forms.ChoiceField(
        label=_("Why the household is split"),
        choices=SplitReason.choices,
        widget=forms.RadioSelect,
        help_text=_("After violence or threats the two are kept apart, and the leader says who follows the new one."),
    )
    on = TypedDateField(label=_("From which day"))
    situation = forms.ChoiceField(
        label=_("Where the new household lives"),
        required=False,
        choices=[("", _("Not known")), *((kind.value, kind.label) for kind in _SITUATIONS)],
        help_text=_("If it is in temporary accommodation, place it right after."),
    )
    unit = forms.TypedChoiceField(
        label=_("Unit that answers for the new household"), coerce=int, empty_value=None, required=False
    )
    keeps_owner = forms.BooleanField(required=False)
    reason = note(_("Reason"), required=True)

    def __init__(
        self, *args: Any, members: Sequence[Member], units: Sequence[tuple[int, str]], owner: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.members = list(members)
        for member in self.members:
            self.fields[f"member-{member.pk}"] = forms.ChoiceField(
                label=str(member.person),
                required=False,
                choices=[("", _("Remains in the household")), *self._roles(member)],
            )
        offer(self, "unit", [("", _("The same as now")), *units])
        self.fields["keeps_owner"].label = _("%(name)s goes on with both") % {"name": owner}
        if not owner:
            del self.fields["keeps_owner"]
        self.fields["reason"].help_text = _("Stands in the new household's journal alone.")
        self.order_fields(["because", "on", *(f"member-{member.pk}" for member in self.members)])

    def leaving(self) -> dict[int, MemberRole]:
        """Those who leave with their roles in the new household, from a valid form."""
        told = {member.pk: self.cleaned_data[f"member-{member.pk}"] for member in self.members}
        return {pk: MemberRole(role) for pk, role in told.items() if role}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not any(cleaned.get(f"member-{member.pk}") for member in self.members):
            raise forms.ValidationError(_("Choose those who leave."))
        return cleaned

    def _roles(self, member: Member) -> list[tuple[str, Any]]:
        children = (MemberRole.CHILD, MemberRole.CHILD_VISIT)
        is_child = member.role in children
        roles = [role for role in MemberRole if (role in children) == is_child]
        words = _("Leaves, as %(role)s")
        return [(role.value, words % {"role": role.label.lower()}) for role in roles]


class JoinForm(ActForm):
    other = forms.CharField(
        label=_("National id of somebody in the other household"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )
    on = TypedDateField(label=_("From which day"))
    reason = note(_("Reason"), required=True)

    def clean_other(self) -> str:
        try:
            return identify(self.cleaned_data["other"]).number
        except NotIdentified as refusal:
            raise forms.ValidationError(str(refusal.message)) from None


MORE = ("language", "needs_interpreter", "protection")


class ApplicantForm(DatedFormMixin, PersonFields):
    """Page one of registering: the applicant, with what one has to know before writing or ringing."""

    field_order = ["national_id", "name", "born_on", "is_birth_approximate"]
    language = forms.CharField(label=_("Language"), required=False, max_length=20)
    needs_interpreter = forms.BooleanField(label=_("Needs an interpreter"), required=False)
    protection = forms.ChoiceField(
        label=_("Protected address"), choices=Protection.choices, required=False, initial=Protection.NONE
    )


class AlongForm(DatedFormMixin, PersonFields):
    """One more member; where `empty_permitted`, a row left empty is nobody."""

    use_required_attribute = False

    field_order = ["role", "national_id", "name", "born_on", "is_birth_approximate"]
    role = forms.ChoiceField(
        label=_("Role"),
        choices=[
            (MemberRole.CHILD, MemberRole.CHILD.label),
            (MemberRole.PARTNER, MemberRole.PARTNER.label),
            (MemberRole.CHILD_VISIT, MemberRole.CHILD_VISIT.label),
            (MemberRole.OTHER, MemberRole.OTHER.label),
        ],
        initial=MemberRole.CHILD,
    )

    def clean(self) -> dict[str, Any]:
        return super().clean() if self.has_changed() else self.cleaned_data
