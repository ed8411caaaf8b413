"""Needs mapping, work processes and the user's voice: of a household, and a unit's pages."""

from __future__ import annotations

from django.urls import path

from cases.views import mapping, processes, unit_heard, voice

household = [
    path("mapping", mapping.mapping, name="mapping"),
    path("mapping/start", mapping.start, name="start_mapping"),
    path("mapping/finish", mapping.finish, name="finish_mapping"),
    path("mapping/<int:mapping_id>", mapping.mapping, name="earlier_mapping"),
    path("mapping/areas/<int:area_id>", mapping.write, name="write_area"),
    path("processes", processes.processes, name="processes"),
    path("processes/start", processes.start, name="start_process"),
    path("processes/steps/<int:applied_step_id>/done", processes.done, name="finish_applied_step"),
    path("processes/steps/<int:applied_step_id>/adjust", processes.adjust, name="adjust_applied_step"),
    path("processes/steps/<int:applied_step_id>/leave-out", processes.leave_out, name="leave_out_step"),
    path("processes/<int:process_id>/add", processes.add_step, name="add_applied_step"),
    path("processes/<int:process_id>/move", processes.move, name="move_process"),
    path("processes/<int:process_id>/end", processes.end, name="end_process"),
    path("voice", voice.voice, name="voice"),
    path("voice/surveys/<str:survey_kind>", voice.survey, name="register_survey"),
    path("voice/homes", voice.choose_home, name="choose_home"),
    path("voice/complaints", voice.complain, name="complain"),
    path("voice/complaints/<int:informal_id>", voice.answer_one, name="answer_complaint"),
]
urlpatterns = [
    path("voices", unit_heard.voices, name="voices"),
    path("work-processes", unit_heard.work_processes, name="work_processes"),
    path("work-processes/<str:process_group>", unit_heard.version, name="process_version"),
    path("work-processes/<str:process_group>/new", unit_heard.write_version, name="write_process"),
    path("work-processes/<str:process_group>/move", unit_heard.move_cases, name="move_cases"),
]
