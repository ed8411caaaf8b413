from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from housing.models import Dwelling
from people.history import tracked
from people.models import Employee, Household, InAMunicipality, Person


class SurveyKind(models.TextChoices):
    MOVED_IN = "moved_in", _("After moving in")
    AFTER_A_YEAR = "after_a_year", _("After a year in the home")


class SurveyWay(models.TextChoices):
    COUNTER = "counter", _("At the counter")
    PHONE = "phone", _("By phone")
    HOME_VISIT = "home_visit", _("At a home visit")
    PAPER = "paper", _("On paper")


class SurveyOutcome(models.TextChoices):
    ANSWERED = "answered", _("Answered")
    DECLINED = "declined", _("Did not want to answer")
    NOT_REACHED = "not_reached", _("Could not be reached")


class SurveyQuestion(models.TextChoices):
    """The questions, in the order they are asked (spørsmål)."""

    HOME_SUITS = "home_suits", _("Does the home suit you?")
    CHOICE = "choice", _("Did you have a say in which home it was?")
    LISTENED = "listened", _("Did we listen to you?")
    INFORMED = "informed", _("Did you know what would happen, and when?")
    SAFE = "safe", _("Do you feel safe where you live?")
    NEIGHBOURHOOD = "neighbourhood", _("Do you get on where you live?")
    AFFORD = "afford", _("Can you afford to go on living there?")
    FOLLOW_UP = "follow_up", _("Do you get the help you need to keep the home?")


#: What is asked when.
QUESTIONS: dict[SurveyKind, tuple[SurveyQuestion, ...]] = {
    SurveyKind.MOVED_IN: (
        SurveyQuestion.HOME_SUITS,
        SurveyQuestion.CHOICE,
        SurveyQuestion.LISTENED,
        SurveyQuestion.INFORMED,
        SurveyQuestion.SAFE,
    ),
    SurveyKind.AFTER_A_YEAR: (
        SurveyQuestion.HOME_SUITS,
        SurveyQuestion.SAFE,
        SurveyQuestion.NEIGHBOURHOOD,
        SurveyQuestion.AFFORD,
        SurveyQuestion.FOLLOW_UP,
    ),
}


class SurveyScore(models.IntegerChoices):
    NO = 1, _("No")
    LITTLE = 2, _("A little")
    SOME = 3, _("Partly")
    MOSTLY = 4, _("Mostly")
    YES = 5, _("Yes")


@tracked(exclude=["municipality"])
class Survey(InAMunicipality):
    """A short survey of how it went (brukerundersøkelse), asked once of each home and time."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="surveys")
    kind = models.CharField(_("survey"), max_length=15, choices=SurveyKind)
    #: the day they moved into the home it is about
    moved_in_on = models.DateField(_("moved in"))
    asked_on = models.DateField(_("asked"))
    outcome = models.CharField(_("outcome"), max_length=15, choices=SurveyOutcome)
    way = models.CharField(_("how"), max_length=15, choices=SurveyWay, blank=True)
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("who answered")
    )
    comment = models.TextField(_("in their own words"), max_length=2000, blank=True)
    by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")

    class Meta(InAMunicipality.Meta):
        constraints = [
            models.CheckConstraint(name="survey_kind_is_known", condition=Q(kind__in=SurveyKind.values)),
            models.CheckConstraint(name="survey_outcome_is_known", condition=Q(outcome__in=SurveyOutcome.values)),
            models.CheckConstraint(
                name="survey_answered_says_how",
                condition=(Q(outcome="answered", way__in=SurveyWay.values))
                | (~Q(outcome="answered") & Q(way="", person__isnull=True, comment="")),
            ),
            models.CheckConstraint(
                name="survey_asked_after_they_moved_in", condition=Q(asked_on__gte=F("moved_in_on"))
            ),
            models.UniqueConstraint(
                name="survey_once_a_home_and_time",
                fields=["household", "kind", "moved_in_on"],
                violation_error_message=_("This survey is registered already."),
            ),
        ]
        indexes = [
            models.Index(name="survey_by_household", fields=["household", "-asked_on"]),
            models.Index(name="survey_asked", fields=["municipality", "asked_on"], include=["household", "outcome"]),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.household_id}"


@tracked()
class SurveyAnswer(models.Model):
    """What was answered to one question of a survey (svar), from 1, no, to 5, yes. One not answered has no row."""

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="answers")
    question = models.CharField(_("question"), max_length=20, choices=SurveyQuestion)
    score = models.PositiveSmallIntegerField(_("answer"), choices=SurveyScore)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="survey_answer_question_is_known", condition=Q(question__in=SurveyQuestion.values)
            ),
            models.CheckConstraint(name="survey_answer_is_one_to_five", condition=Q(score__gte=1, score__lte=5)),
            models.UniqueConstraint(name="survey_answer_once_a_question", fields=["survey", "question"]),
        ]

    def __str__(self) -> str:
        return f"{self.question} {self.survey_id}"


@tracked()
class HomeChoice(models.Model):
    """That a household could choose among homes (valg mellom boliger), and what they wanted."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="home_choices")
    on = models.DateField(_("day"))
    wish = models.CharField(_("why this one"), max_length=500, blank=True)
    by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.on} {self.household_id}"


@tracked()
class HomeShown(models.Model):
    """One of the homes they were shown (vist bolig): a dwelling of ours, or another in words."""

    choice = models.ForeignKey(HomeChoice, on_delete=models.PROTECT, related_name="homes")
    dwelling = models.ForeignKey(
        Dwelling, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("dwelling")
    )
    other = models.CharField(_("another home"), max_length=200, blank=True)
    is_chosen = models.BooleanField(_("chosen"), default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="home_shown_is_a_dwelling_or_told",
                condition=Q(dwelling__isnull=False, other="") | (Q(dwelling__isnull=True) & ~Q(other="")),
            ),
            models.UniqueConstraint(
                name="home_shown_once",
                fields=["choice", "dwelling"],
                violation_error_message=_("The same dwelling stands twice."),
            ),
            models.UniqueConstraint(name="home_shown_one_is_chosen", fields=["choice"], condition=Q(is_chosen=True)),
        ]

    def __str__(self) -> str:
        return f"{self.choice_id} {self.dwelling_id or ''}"


class ComplaintAbout(models.TextChoices):
    HOME = "home", _("The home")
    NEIGHBOURS = "neighbours", _("Neighbours or the area")
    PROVIDER = "provider", _("The place they stay")
    STAFF = "staff", _("How they were met")
    WAITING = "waiting", _("That it takes long")
    INFORMATION = "information", _("What they were told")
    HELP = "help", _("The help they get")
    OTHER = "other", _("Something else")


class ComplaintQuerySet(models.QuerySet["InformalComplaint"]):
    def unanswered(self) -> Self:
        return self.filter(answered_on__isnull=True)


@tracked()
class InformalComplaint(models.Model):
    """A complaint without formality (uformell klage): no appeal, and answered all the same."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="complaints")
    received_on = models.DateField(_("received"))
    about = models.CharField(_("about"), max_length=15, choices=ComplaintAbout)
    text = models.TextField(_("what they say"), max_length=4000)
    due_on = models.DateField(_("answer by"))
    answered_on = models.DateField(_("answered"), null=True, blank=True)
    answer = models.TextField(_("what was answered"), max_length=4000, blank=True)
    leads_to_change = models.BooleanField(_("it leads to a change"), default=False)
    by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    answered_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = ComplaintQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="complaint_about_is_known", condition=Q(about__in=ComplaintAbout.values)),
            models.CheckConstraint(name="complaint_says_something", condition=~Q(text="")),
            models.CheckConstraint(
                name="complaint_is_due_after_it_is_received", condition=Q(due_on__gte=F("received_on"))
            ),
            models.CheckConstraint(
                name="complaint_answered_says_what_and_who",
                condition=Q(answered_on__isnull=True, answer="", answered_by__isnull=True, leads_to_change=False)
                | (Q(answered_on__gte=F("received_on"), answered_by__isnull=False) & ~Q(answer="")),
            ),
        ]
        indexes = [models.Index(name="complaint_by_household", fields=["household", "-received_on"])]

    def __str__(self) -> str:
        return f"{self.about} {self.household_id}"
