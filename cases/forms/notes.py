"""Writing a note in the journal, and correcting one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.actions.notes import NewNote
from cases.forms.cases import moment_told, note
from cases.models import NoteClass, NoteKind
from people.act_forms import ActForm
from people.fields import ClockField, TypedDateField, offer
from people.forms.files import ACCEPTED, taken_in
from people.models import Member, SpecialClass
from people.uploads import TakenIn

#: more are sent as a paper each
MOST_FILES = 5


class _SeveralFiles(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files, each a `TakenIn`. They have to be chosen again when anything was wrong."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            required=False,
            max_length=None,
            allow_empty_file=True,
            widget=_SeveralFiles(attrs={"accept": ACCEPTED, "multiple": True}),
            **kwargs,
        )

    def clean(self, data: Any, initial: Any = None) -> Any:
        chosen = data if isinstance(data, list | tuple) else [data] if data else []
        if len(chosen) > MOST_FILES:
            raise forms.ValidationError(_("At most five files at a time."))
        return [taken_in(super(FilesField, self).clean(one, initial)) for one in chosen]


class NoteForm(ActForm):
    """What happened first; what seldom matters stands last, behind "More"."""

    kind = forms.ChoiceField(label=_("Kind"), choices=NoteKind.choices)
    text = forms.CharField(label=_("What was said or done"), max_length=8000, widget=forms.Textarea(attrs={"rows": 6}))
    participants = forms.CharField(label=_("Who took part"), required=False, max_length=500)
    happened_on = TypedDateField(label=_("Day"))
    happened_time = ClockField(label=_("Time"), required=False, help_text=_("Such as 14:05. Left empty: now."))
    person = forms.TypedChoiceField(label=_("About"), required=False, coerce=int, empty_value=None)
    note_class = forms.ChoiceField(label=_("Confidentiality"), choices=NoteClass.choices, initial=NoteClass.ORDINARY)
    special_about = forms.ChoiceField(
        label=_("What the special note is about"),
        required=False,
        choices=[("", _("Not special")), *SpecialClass.choices],
    )
    linked = forms.ChoiceField(label=_("Belongs to"), required=False)
    tells_place = forms.BooleanField(label=_("It tells where they live or stay"), required=False)
    attached = FilesField(label=_("Files"), help_text=_("PDF or pictures (JPEG, PNG), at most 10 MB each."))
    files_about = forms.CharField(label=_("What the files are"), required=False, max_length=150)

    #: what stands behind "More"
    MORE = (
        "person",
        "note_class",
        "special_about",
        "linked",
        "tells_place",
        "attached",
        "files_about",
    )

    def __init__(
        self, *args: Any, members: Sequence[Member], linked: Mapping[str, tuple[str, Any]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._linked = linked
        offer(self, "person", [("", _("All of the household")), *((m.person_id, str(m.person)) for m in members)])
        offer(
            self, "linked", [("", _("Nothing particular")), *((code, label) for code, (label, _one) in linked.items())]
        )

    @property
    def first(self) -> list[forms.BoundField]:
        return [field for field in self.visible_fields() if field.name not in self.MORE]

    @property
    def more(self) -> list[forms.BoundField]:
        return [field for field in self.visible_fields() if field.name in self.MORE]

    @property
    def is_more_open(self) -> bool:
        """Whatever was chosen or refused there stays in sight."""
        usual = {NoteClass.ORDINARY.value}
        return any(field.errors or (field.value() and field.value() not in usual) for field in self.more)

    def new_note(self, at: datetime) -> NewNote:
        """The note, from a valid form; `at` stands for a time not told."""
        told = self.cleaned_data
        chosen = self._linked.get(told["linked"])
        kind, _slash, _pk = told["linked"].partition("-")
        files: list[TakenIn] = told["attached"]
        return NewNote(
            kind=NoteKind(told["kind"]),
            text=told["text"],
            participants=told["participants"],
            happened_at=moment_told(told["happened_on"], told["happened_time"], at=at),
            person_id=told["person"],
            note_class=NoteClass(told["note_class"]),
            special_about=told["special_about"],
            tells_place=told["tells_place"],
            files=files,
            files_about=told["files_about"],
            **({kind: chosen[1]} if chosen else {}),
        )


class CorrectNoteForm(ActForm):
    """The whole note as it should be. `corrections`: how many there were when the form was opened."""

    text = forms.CharField(
        label=_("What was said or done"),
        required=False,
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("What stood before stays, struck out. Left empty, the note is struck out."),
    )
    note_class = forms.ChoiceField(label=_("Confidentiality"), choices=NoteClass.choices)
    reason = note(_("Why it is corrected"), required=True, max_length=300)
    corrections = forms.IntegerField(widget=forms.HiddenInput)


def now_told(at: datetime) -> dict[str, Any]:
    """Day and time of a moment, as a form begins with."""
    local = timezone.localtime(at)
    return {"happened_on": local.date(), "happened_time": local.strftime("%H:%M")}
