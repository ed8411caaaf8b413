# mypy: disable-error-code="no-untyped-call"
"""Valid minimal mappings, work processes, surveys and complaints."""

from __future__ import annotations

from factory.declarations import LazyFunction, SelfAttribute, Sequence, SubFactory
from factory.django import DjangoModelFactory

from cases.models import (
    AppliedProcess,
    AppliedStep,
    ComplaintAbout,
    HomeChoice,
    HomeShown,
    InformalComplaint,
    MappedArea,
    MappingArea,
    NeedsMapping,
    ProcessGroup,
    ProcessStep,
    ProcessTemplate,
    Survey,
    SurveyAnswer,
    SurveyKind,
    SurveyOutcome,
    SurveyQuestion,
    SurveyWay,
)
from people.models import Municipality
from tests.factories.people import DAY, KONGSBERG, LONG_AGO, EmployeeFactory, HouseholdFactory


class NeedsMappingFactory(DjangoModelFactory[NeedsMapping]):
    class Meta:
        model = NeedsMapping

    household = SubFactory(HouseholdFactory)
    started_on = LONG_AGO
    by = SubFactory(EmployeeFactory)


class MappedAreaFactory(DjangoModelFactory[MappedArea]):
    class Meta:
        model = MappedArea

    mapping = SubFactory(NeedsMappingFactory)
    area = MappingArea.HOUSING


class ProcessTemplateFactory(DjangoModelFactory[ProcessTemplate]):
    class Meta:
        model = ProcessTemplate

    municipality = LazyFunction(lambda: Municipality.objects.get(number=KONGSBERG))
    group = ProcessGroup.FAMILY
    valid_from = LONG_AGO


class ProcessStepFactory(DjangoModelFactory[ProcessStep]):
    class Meta:
        model = ProcessStep

    template = SubFactory(ProcessTemplateFactory)
    order = Sequence(lambda n: n + 1)
    code = Sequence(lambda n: f"step-{n}")
    what = "Talk with the family"
    who = "Caseworker"
    days = 7


class AppliedProcessFactory(DjangoModelFactory[AppliedProcess]):
    class Meta:
        model = AppliedProcess

    household = SubFactory(HouseholdFactory)
    template = SubFactory(ProcessTemplateFactory)
    group = SelfAttribute("template.group")
    starts_on = LONG_AGO
    by = SubFactory(EmployeeFactory)


class AppliedStepFactory(DjangoModelFactory[AppliedStep]):
    class Meta:
        model = AppliedStep

    process = SubFactory(AppliedProcessFactory)
    step = SubFactory(ProcessStepFactory, template=SelfAttribute("..process.template"))
    order = Sequence(lambda n: n + 1)
    what = "Talk with the family"
    who = "Caseworker"
    due_on = DAY


class SurveyFactory(DjangoModelFactory[Survey]):
    class Meta:
        model = Survey

    household = SubFactory(HouseholdFactory)
    kind = SurveyKind.MOVED_IN
    moved_in_on = LONG_AGO
    asked_on = DAY
    outcome = SurveyOutcome.ANSWERED
    way = SurveyWay.PHONE
    by = SubFactory(EmployeeFactory)


class SurveyAnswerFactory(DjangoModelFactory[SurveyAnswer]):
    class Meta:
        model = SurveyAnswer

    survey = SubFactory(SurveyFactory)
    question = SurveyQuestion.HOME_SUITS
    score = 4


class HomeChoiceFactory(DjangoModelFactory[HomeChoice]):
    class Meta:
        model = HomeChoice

    household = SubFactory(HouseholdFactory)
    on = DAY
    by = SubFactory(EmployeeFactory)


class HomeShownFactory(DjangoModelFactory[HomeShown]):
    class Meta:
        model = HomeShown

    choice = SubFactory(HomeChoiceFactory)
    other = "A flat by the river"


class InformalComplaintFactory(DjangoModelFactory[InformalComplaint]):
    class Meta:
        model = InformalComplaint

    household = SubFactory(HouseholdFactory)
    received_on = LONG_AGO
    about = ComplaintAbout.WAITING
    text = "It takes too long"
    due_on = DAY
    by = SubFactory(EmployeeFactory)
