# mypy: disable-error-code="no-untyped-call"
"""Every route by every role by {own case, same unit, other unit, confidential, strictly confidential}, GET and POST.

Each row of the tables is a family of routes with what each role is answered. A route that stands in none fails.
The letters:

    s  shown, or led on to what is shown
    r  asked for a reason first
    f  refused: the role has no such page
    -  not found: as if there were nothing
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest
from django.test import Client

from housing.models import Dwelling, Provider
from people.models import AssignmentRole, Protection, Relation, Role, Unit
from tests.factories.housing import (
    AgreementFactory,
    BuildingFactory,
    DwellingFactory,
    DwellingLogEntryFactory,
    PlannedHomeFactory,
    RoomFactory,
)
from tests.factories.leases import LandlordFactory
from tests.factories.people import (
    OSLO_NUMBER,
    AssignmentFactory,
    DisqualificationFactory,
    SharingPracticeFactory,
    UnitFactory,
    caseworker,
    employee_with,
)
from tests.factories.providers import (
    ChildApprovalFactory,
    InvoiceLineFactory,
    ProviderComplaintFactory,
    ProviderFileFactory,
    ProviderInspectionFactory,
)
from tests.factories.requests import UnitDayFactory
from tests.factories.voids import DwellingVoidFactory
from tests.web.canaries import Planted, planted
from tests.web.listening import asked, routes
from tests.web.sign_ins import sign_in
from tests.web.test_every_route import OPEN

pytestmark = pytest.mark.django_db

#: The columns of every row.
ROLES = (
    Role.CASEWORKER,
    Role.TEAM_LEADER,
    Role.PLAN_COORDINATOR,
    Role.MEETING_PARTICIPANT,
    Role.REPORTER,
    Role.AUDITOR,
    Role.OPERATIONS,
    Role.UNIT_ADMINISTRATOR,
)
ROUTES = {route.name: route for route in routes() if route.name not in OPEN}
NOBODY = "--------"
#: Asked of every route in the long run alone.
_IN_THE_LONG_RUN = {Role.PLAN_COORDINATOR, Role.OPERATIONS, Role.UNIT_ADMINISTRATOR}


@dataclass(frozen=True)
class Family:
    """Routes that answer alike: `own` on the case, `unit` at its unit without being on it; nobody meets the others."""

    own: str
    unit: str
    safe: str = ""
    act: str = ""

    @property
    def names(self) -> list[str]:
        return self.safe.split() + self.act.split()


#: Pages of a household. `safe` ones are only read; `act` ones take a form too.
OF_A_HOUSEHOLD = (
    Family("sss-----", "sss-----", safe="cases:household", act="cases:open cases:declare"),
    Family(
        "sss-----",
        "rsr-----",
        safe="cases:decision cases:decisions cases:document cases:journal cases:letters "
        "cases:letters_to cases:lived cases:members cases:note cases:plan cases:preview_decision "
        "cases:print_working_copy cases:rights cases:working_copy",
        act="cases:task",
    ),
    Family(
        "sss-----",
        "rrr-----",
        safe="cases:received_paper",
        act="cases:add_note cases:correct_note cases:finish_step cases:make_plan cases:special_notes",
    ),
    Family(
        "ssf-----",
        "rrr-----",
        safe="cases:decide cases:move cases:place",
        act="cases:letter cases:add_member cases:answer_asked "
        "cases:answer_request cases:approve_overstay "
        "cases:approve_overstay_check cases:ask_access cases:ask_correction cases:begin_decision cases:close "
        "cases:decide_matter cases:tell_decision cases:discard_decision cases:annul_decision cases:correct_decision "
        "cases:correct_residence cases:correction cases:end_absence cases:end_member cases:end_need cases:extend "
        "cases:extend_check cases:hand_over cases:join cases:leave cases:lose_home "
        "cases:move_check cases:move_reasons cases:open_request cases:place_check cases:place_reasons "
        "cases:receive_paper cases:record_absence cases:record_birth cases:record_need cases:remove_residence "
        "cases:reopen cases:seal cases:settle cases:split cases:undo cases:write_decision cases:write_decision_check",
    ),
    Family(
        "ssf-----",
        "rrr-----",
        act="cases:add_representative cases:death cases:end_representative cases:letter_language",
    ),
    Family("sss-----", "rsr-----", safe="cases:leases cases:transitions"),
    Family("sss-----", "rsr-----", safe="cases:earlier_mapping cases:mapping cases:processes cases:voice"),
    Family(
        "sss-----",
        "rrr-----",
        act="cases:add_applied_step cases:adjust_applied_step cases:answer_complaint cases:choose_home cases:complain "
        "cases:end_process cases:finish_applied_step cases:finish_mapping cases:leave_out_step cases:start_mapping "
        "cases:start_process cases:write_area",
    ),
    # the household has no permanent home to ask about, and its process follows the newest version
    Family(NOBODY, "rrr-----", act="cases:move_process cases:register_survey"),
    Family("sss-----", "rsr-----", safe="cases:eviction cases:evictions cases:owning"),
    Family(
        "ssf-----",
        "rrr-----",
        act="cases:avert_eviction cases:carry_out_eviction cases:change_eviction cases:eviction_contact "
        "cases:eviction_measure cases:measure_result cases:register_eviction cases:withdraw_eviction "
        "cases:agree_to_own cases:end_owning cases:owning_payment cases:owning_potential cases:owning_purchase "
        "cases:owning_ready cases:owning_rescue cases:owning_saving cases:owning_talk cases:purchase_step",
    ),
    Family("sss-----", "rsr-----", safe="cases:follow_up cases:allowance"),
    Family("sss-----", "rsr-----", safe="kpi:household_behind"),
    Family(
        "ssf-----",
        "rrr-----",
        act="cases:offer_service cases:begin_service cases:decline_service cases:change_service cases:end_service "
        "cases:log_contact cases:see_warning cases:handle_warning cases:evaluate_home cases:check_allowance "
        "cases:apply_for_allowance cases:answer_allowance cases:end_allowance",
    ),
    Family(
        "ssf-----",
        "rrr-----",
        act="cases:plan_transition cases:change_transition cases:prepare_home cases:lose_place cases:came_home "
        "cases:drop_transition cases:register_settlement cases:change_settlement",
    ),
    Family(
        "ssf-----",
        "rrr-----",
        act="cases:end_lease cases:give_notice cases:give_security cases:note_help cases:renew_lease cases:set_rent "
        "cases:settle_security cases:sign_lease cases:take_back_notice cases:tell_lease "
        "cases:write_to_landlord",
    ),
    Family("sss-----", "rsr-----", safe="cases:loan cases:loans"),
    Family(
        "ssf-----",
        "rrr-----",
        act="cases:apply_for_loan cases:assess_loan cases:bid_with_loan cases:buy_with_loan cases:consider_loan "
        "cases:end_bidding cases:end_purchase cases:explain_loan cases:judge_loan cases:lapse_loan "
        "cases:pay_out_loan cases:prolong_commitment",
    ),
    Family("sss-----", "rsr-----", safe="cases:household_offers cases:offer"),
    Family(
        "ssf-----",
        "rrr-----",
        act="cases:accept_offer cases:decline_offer cases:make_offer cases:withdraw_offer",
    ),
    Family("sss-----", "rrr-----", act="cases:put_on_agenda cases:take_off_agenda"),
    Family("sss-----", "rsr-----", safe="cases:asked", act="cases:dispute"),
    Family("ssf-----", "rrr-----", act="cases:forward_request"),
    Family("ssf-----", "rsr-----", act="cases:open_dispute"),
    Family("sss-----", "rsr-----", safe="cases:appeal cases:household_appeals cases:authority_letters"),
    Family(
        "ssf-----",
        "rrr-----",
        act="cases:acknowledge_appeal cases:answer_appeal cases:ask_reasons cases:assess_appeal "
        "cases:carry_out_appeal cases:change_in_part cases:change_on_appeal cases:correct_notice "
        "cases:decide_suspension cases:dismiss_appeal cases:forward_appeal cases:give_reasons cases:hand_on_appeal "
        "cases:lodge_appeal cases:register_notice cases:suspend_decision cases:take_up_appeal cases:withdraw_appeal",
    ),
    Family(
        "ssf-----",
        "rrr-----",
        act="cases:add_authority_letter cases:add_task cases:answer_authority_letter",
    ),
    Family(
        "ssf-----",
        "rrr-----",
        act="cases:ask_information cases:delay_notice cases:information_came cases:preliminary_answer "
        "cases:reason_sources",
    ),
    Family("ssf-----", "rsr-----", act="cases:withdraw_acceptance"),
    Family("fsf-----", "rsr-----", act="cases:accept_finding"),
    Family("sss-----", "rsr-----", act="cases:report_deviation cases:report_obstacle"),
    # the leader needs not open a case to say who follows it
    Family(
        "ssf-----",
        "rsr-----",
        act="cases:assign cases:end_sharing cases:protect cases:share cases:substitute",
    ),
    # the leader approves without opening
    Family("ssf-----", "rsr-----", act="cases:approve_decision cases:send_back_decision"),
    Family("fsf-----", "rsr-----", act="cases:review cases:unmask"),
    Family("fff-----", "rrr-----", act="cases:place_undisclosed"),
    Family("sss-----", "fsf-----", safe="people:household_readings", act="people:export_readings"),
    # the household rents none of the municipality's dwellings
    Family("--f-----", "rrr-----", act="cases:buy_home"),
    Family("sss-----", "rsr-----", safe="cases:applications cases:homes_for cases:why_not"),
    Family(
        "ssf-----",
        "rrr-----",
        act="cases:apply cases:change_application cases:confirm_application cases:end_pause cases:lapse_application "
        "cases:pause_application cases:take_up_application cases:withdraw_application",
    ),
    # the leader sets it without opening
    Family("fsf-----", "rsr-----", act="cases:set_priority"),
    Family("sss-----", "rsr-----", safe="cases:family_plan cases:person_plan cases:person_plans cases:plan_version"),
    Family(
        "sss-----",
        "rrr-----",
        act="cases:add_measure cases:begin_plan cases:child_coordinator cases:consent_more cases:consent_to_plan "
        "cases:decline_plan cases:end_child_coordinator cases:end_group cases:end_plan cases:evaluate_plan "
        "cases:finish_measure cases:group_meeting cases:join_plan cases:leave_plan cases:offer_plan cases:plan_copy "
        "cases:plan_group cases:revise_plan cases:withdraw_consent cases:write_plan",
    ),
    # nobody here takes part in the plan
    Family(NOBODY, NOBODY, safe="cases:plan_part"),
    # there is a letter of a refused correction alone
    Family("--f-----", "rrr-----", safe="cases:correction_letter"),
    # by an inspection that nobody here has
    Family(NOBODY, NOBODY, safe="cases:inspected_letter", act="cases:inspected_case"),
)


@dataclass(frozen=True)
class Pages:
    """Routes of no household that answer each role alike; `post` routes are only sent to."""

    answers: str
    safe: str = ""
    act: str = ""
    post: str = ""

    @property
    def names(self) -> list[str]:
        return self.safe.split() + self.act.split() + self.post.split()


OTHERS = (
    Pages(
        "ssssssss",
        safe="cases:my_day housing:provider_nights housing:providers "
        "people:access_hub people:access_policy people:alerts people:my_readings",
        act="cases:search people:sign_in_again",
    ),
    Pages(
        "ssffffff",
        safe="cases:breaches cases:overview cases:overview_list cases:registered_elsewhere",
        act="cases:away cases:emergency cases:friday cases:register cases:register_need "
        "cases:register_tonight cases:letters_to_many cases:unit_letters",
    ),
    Pages("sssfffff", safe="cases:appeals cases:households cases:tasks"),
    Pages("ssffffff", safe="cases:law cases:unit"),
    Pages("fsffffff", act="cases:choose_law"),
    Pages(
        "fsffffff",
        safe="cases:sample_letter cases:standard_texts",
        act="cases:standard_logo cases:write_standard_text",
    ),
    Pages("fsffffff", post="cases:reassign_tasks"),
    Pages("ssffffff", safe="cases:disputes cases:on_call cases:requests"),
    Pages("fsffsfff", safe="cases:request_report cases:request_report_list", act="cases:export_request_report"),
    Pages("fsffffff", act="cases:unit_hours", post="cases:forget_day"),
    Pages("sssfffff", act="cases:calendar_feed"),
    Pages("fsffffff", safe="cases:control", act="cases:add_review cases:note_deviation"),
    Pages("-s------", act="cases:deviation cases:obstacle"),
    Pages(NOBODY, act="cases:review_again"),
    Pages("ssffffff", safe="cases:law_checks cases:law_check"),
    Pages(
        "sssfssff",
        safe="kpi:behind kpi:by_name kpi:by_name_list kpi:explained_households kpi:forecast "
        "kpi:forecast_tried kpi:indicator kpi:indicators kpi:month kpi:why",
    ),
    Pages("sssfssff", safe="kpi:front kpi:objective kpi:own_indicators"),
    Pages(
        "fsffsfff",
        act="kpi:answers kpi:choose_indicators kpi:define_indicator kpi:register_value kpi:register_values "
        "kpi:strategy kpi:target",
    ),
    # there is no target yet, and no indicator of its own
    Pages("f-ff-fff", act="kpi:define_indicator_anew kpi:drop_target kpi:end_indicator"),
    Pages("fsffsfff", act="kpi:export_behind"),
    Pages(
        "sssfssff",
        safe="kpi:counted_list kpi:counting kpi:kostra_found kpi:kostra_now kpi:kostra_readings kpi:result_report",
    ),
    # nothing is locked yet
    Pages("---f--ff", safe="kpi:kostra_changed"),
    Pages("sssfssff", act="kpi:kostra"),
    Pages("fsffsfff", act="kpi:kostra_sent"),
    # there is no report of the year yet
    Pages("f-ff-fff", safe="kpi:kostra_file", act="kpi:kostra_answers kpi:kostra_remark kpi:kostra_rule"),
    Pages(
        "fsffsfff",
        safe="kpi:counting_excel kpi:counting_pdf kpi:result_excel kpi:result_pdf",
        act="kpi:bosit kpi:result_comment kpi:result_step",
    ),
    Pages(
        "fsffffff",
        safe="cases:log_control cases:seals people:employees_readings people:exports",
        act="cases:open_inspection cases:practices cases:sign_log_control cases:sign_month",
    ),
    Pages("fsfffffs", act="cases:disqualifications people:duty"),
    Pages("fsffffsf", act="cases:archive_queue"),
    Pages(
        "fsfffffs",
        safe="cases:destruction",
        act="cases:approve_destruction cases:propose_destruction cases:retention_rule cases:withdraw_destruction",
    ),
    Pages("fsfffsff", safe="cases:inspections"),
    Pages("fffffffs", safe="people:roles"),
    Pages("ffffffss", act="kpi:api_tokens"),
    # there is no such key
    Pages("ffffff--", act="kpi:withdraw_token"),
    Pages("ffffffff", act="cases:special_unit"),
    Pages("ss------", act="housing:add_provider"),
    Pages(
        "ss------",
        safe="housing:invoice housing:provider housing:provider_file housing:provider_invoices "
        "housing:provider_quality",
        act="housing:add_provider_file housing:add_room housing:agreement housing:approve_for_children "
        "housing:change_provider housing:change_room housing:close_complaint housing:complain_of_provider "
        "housing:end_child_approval housing:inspect_provider housing:invoice_line housing:put_right "
        "housing:remove_invoice housing:take_invoice",
        post="housing:accept_invoice",
    ),
    Pages("ssffffff", safe="housing:dwelling_days housing:empty_homes housing:plan housing:vacancy_forecast"),
    Pages("ssffffff", act="housing:begin_void housing:change_void housing:end_void housing:remove_void"),
    Pages(
        "ssffffff",
        safe="cases:agreement cases:agreements housing:buildings housing:dwelling housing:planned_home "
        "housing:planned_homes",
        post="cases:read_in_dwellings",
        act="cases:import_dwellings cases:add_agreement cases:change_agreement housing:add_building "
        "housing:add_dwelling "
        "housing:change_building housing:change_dwelling housing:change_planned_home housing:dispose_dwelling "
        "housing:drop_planned_home housing:dwelling_funding housing:dwelling_log housing:dwelling_rent "
        "housing:dwellings housing:mend_dwelling housing:move_on_planned_home housing:neighbour_dialogue "
        "housing:plan_home housing:take_back_disposal housing:take_over_planned_home",
    ),
    Pages("ssffffff", safe="cases:tonight cases:tonight_paper housing:invoices"),
    Pages("fsffffff", act="cases:night_list_hour"),
    Pages("ssffffff", safe="cases:unit_follow_up cases:unit_allowances"),
    Pages("ssffffff", safe="cases:unit_plans"),
    Pages("fsffffff", act="cases:coordinating_unit"),
    Pages("ssffffff", safe="cases:unit_evictions cases:unit_leases cases:unit_coming cases:unit_owning"),
    Pages("ssffffff", safe="cases:process_version cases:voices cases:work_processes"),
    Pages("fsffffff", act="cases:move_cases cases:write_process"),
    Pages("ssffffff", safe="cases:unit_loans"),
    Pages("ssffffff", safe="cases:offers", act="cases:plan_meeting"),
    Pages("ssssffff", safe="cases:meetings"),
    Pages(
        "ss------",
        safe="cases:meeting cases:meeting_minutes cases:meeting_paper cases:meeting_projector",
        act="cases:close_meeting cases:hold_meeting cases:meeting_case cases:meeting_members",
    ),
    Pages("ssffffff", safe="housing:landlords"),
    Pages("ss------", safe="housing:landlord", act="housing:add_landlord housing:change_landlord"),
    Pages("ssffffff", safe="cases:allotment_rules cases:candidates cases:proposal cases:waiting_list"),
    Pages("fsffffff", act="cases:make_allotment_rules"),
    Pages("sssfssff", safe="cases:night_costs"),
    Pages("-s------", act="people:alert"),
    # there is no such finding
    Pages("f-ffffff", act="cases:finding"),
    # there is no such text
    Pages("f-ffffff", act="cases:withdraw_standard_text"),
    Pages("fsffffff", safe="people:employee_readings"),
    Pages("ffffsfff", act="kpi:ask_for_correction"),
    Pages("-s-----s", act="cases:end_disqualification"),
    Pages("fsffffff", post="cases:end_practice"),
    Pages(
        "-------s",
        safe="people:holder people:unit_roles",
        act="people:add_employee people:confirm_roles people:disable_employee people:enable_employee "
        "people:give_clearance people:give_role people:give_role_by_name",
    ),
    # there is none of these
    Pages(
        NOBODY,
        act="cases:unit_task",
    ),
    Pages(
        NOBODY,
        safe="cases:letter_batch cases:destruction_list cases:inspection cases:population",
        act="cases:close_inspection cases:export_inspection cases:lift_seal cases:name_case cases:print_batch "
        "people:end_clearance people:end_role",
        post="cases:back people:confirm_role",
    ),
)


def test_every_route_has_its_row_once() -> None:
    rows = [name for family in (*OF_A_HOUSEHOLD, *OTHERS) for name in family.names]
    assert sorted(rows) == sorted(ROUTES)
    assert {name for family in OF_A_HOUSEHOLD for name in family.names} == {
        name for name, route in ROUTES.items() if route.is_of_household
    }


def kept_of(provider: Provider) -> dict[str, int]:
    """What addresses of a provider's pages take."""
    line = InvoiceLineFactory.create(invoice__provider=provider)
    return {
        "approval_id": ChildApprovalFactory.create(provider=provider).pk,
        "visit_id": ProviderInspectionFactory.create(provider=provider).pk,
        "complaint_id": ProviderComplaintFactory.create(provider=provider).pk,
        "file_id": ProviderFileFactory.create(provider=provider).pk,
        "invoice_id": line.invoice_id,
        "line_id": line.pk,
    }


def stock_of(municipality: str, dwelling: Dwelling) -> dict[str, int]:
    """The rows beside a dwelling that its pages lead to."""
    return {
        "entry_id": DwellingLogEntryFactory.create(dwelling=dwelling).pk,
        "building_id": BuildingFactory.create(municipality_id=municipality).pk,
        "planned_id": PlannedHomeFactory.create(municipality_id=municipality).pk,
        "agreement_id": AgreementFactory.create(municipality_id=municipality).pk,
    }


def void_of(unit: Unit) -> dict[str, int]:
    """What addresses of a dwelling that stands empty take."""
    void = DwellingVoidFactory.create(dwelling__municipality=unit.municipality)
    return {"dwelling_id": void.dwelling_id, "void_id": void.pk}


@dataclass(frozen=True)
class Town:
    """The unit of whoever asks, a household in each relation to it, and what else addresses lead to there."""

    unit: Unit
    households: Mapping[str, Planted]
    ids: Mapping[str, Any] = field(default_factory=dict)
    #: the same, of another unit
    elsewhere: Mapping[str, Any] = field(default_factory=dict)


@pytest.fixture
def town() -> Town:
    unit = UnitFactory.create()
    words = {"own": "erlefugl", "unit": "gjokfugl", "K5": "lerkefugl", "K6": "rypefugl"}
    households = {relation: planted(word, unit) for relation, word in words.items()}
    households["other"] = planted("haukfugl", UnitFactory.create())
    for relation, grade in (("K5", Protection.CONFIDENTIAL), ("K6", Protection.STRICTLY_CONFIDENTIAL)):
        person = households[relation].household.members.order_by("pk")[0].person
        person.protection = grade
        person.save(update_fields=["protection"])
    colleague, room = caseworker(unit), RoomFactory.create(provider__municipality=unit.municipality)
    kept = DisqualificationFactory.create(employee=colleague, relation=Relation.RELATIVE)
    ids = {
        "unit_id": unit.pk,
        "employee_id": colleague.pk,
        "provider_id": room.provider_id,
        "room_id": room.pk,
        **kept_of(room.provider),
        **void_of(unit),
        **stock_of(unit.municipality_id, Dwelling.objects.latest("pk")),
        "landlord_id": LandlordFactory.create(municipality=unit.municipality).pk,
        "practice_id": SharingPracticeFactory.create(unit=unit).pk,
        "disqualification_id": kept.pk,
        "ref": households["own"].household.ref,
        "process_group": "family",
        "day_id": UnitDayFactory.create(unit=unit, day=date(2100, 1, 1)).pk,
    }
    other = households["other"].household.responsibilities.get().unit
    stranger = caseworker(other)
    far = DwellingFactory.create(municipality_id=OSLO_NUMBER)
    elsewhere = {
        "unit_id": other.pk,
        "dwelling_id": far.pk,
        **stock_of(OSLO_NUMBER, far),
        "employee_id": stranger.pk,
        "meeting_id": households["other"].ids["meeting_id"],
        "practice_id": SharingPracticeFactory.create(unit=other).pk,
        "disqualification_id": DisqualificationFactory.create(employee=stranger).pk,
        "day_id": UnitDayFactory.create(unit=other, day=date(2100, 1, 1)).pk,
    }
    return Town(unit, households, ids, elsewhere)


@pytest.mark.crawl
@pytest.mark.parametrize(
    "role", [pytest.param(role, marks=pytest.mark.long if role in _IN_THE_LONG_RUN else ()) for role in ROLES]
)
def test_each_role_is_answered_as_its_column_says(client: Client, town: Town, role: Role) -> None:
    who, column = employee_with(role, town.unit), ROLES.index(role)
    own = town.households["own"].household
    AssignmentFactory.create(household=own, employee=who, role=AssignmentRole.SUBSTITUTE)
    sign_in(client, who)
    wrong = []
    for name, relation, method, expected in _rows(column):
        ids = town.households[relation].ids
        with asked(client, method, ROUTES[name].url(ids, town.ids)) as answer:
            met = _letter(answer)
        if met != expected:
            wrong.append(f"{name} {relation} {method}: {met}, not {expected}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("role", [Role.CASEWORKER, Role.TEAM_LEADER, Role.UNIT_ADMINISTRATOR])
def test_what_belongs_to_another_unit_is_not_answered(client: Client, town: Town, role: Role) -> None:
    sign_in(client, employee_with(role, town.unit))
    ids = {**town.households["other"].ids, **town.elsewhere}
    theirs = [r for r in ROUTES.values() if {name for name, _kind in r.arguments} & {*town.elsewhere, "alert_id"}]
    for route, method in ((route, method) for route in theirs for method in ("get", "post")):
        with asked(client, method, route.url(ids)) as answer:
            assert _letter(answer) in "f-m", (route.name, method)


def _rows(column: int) -> Iterator[tuple[str, str, str, str]]:
    """Route, relation, method and the letter expected."""
    for family in OF_A_HOUSEHOLD:
        for name in family.names:
            for relation in _relations(family, column):
                expected = {"own": family.own, "unit": family.unit}.get(relation, NOBODY)[column]
                yield name, relation, "get", expected
                if relation == "own" or name in family.act.split():
                    yield name, relation, "post", expected if name in family.act.split() else "m"
    for pages in OTHERS:
        for name in pages.names:
            yield name, "own", "get", "m" if name in pages.post.split() else pages.answers[column]
            yield name, "own", "post", "m" if name in pages.safe.split() else pages.answers[column]


def _relations(family: Family, column: int) -> tuple[str, ...]:
    """To whom even a case they are put on is shut, it is asked of that one and of what is hidden most."""
    is_shut = family.own[column] in "f-" and family.unit[column] in "f-"
    return ("own", "K6") if is_shut else ("own", "unit", "other", "K5", "K6")


def _letter(answer: Any) -> str:
    if answer.status_code == 302:
        return "r" if "/open?next=" in answer.headers["Location"] else "s"
    return {200: "s", 403: "f", 404: "-", 405: "m"}.get(answer.status_code, str(answer.status_code))
