"""The journal: every act says here what it did, in its own transaction."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import models
from django.utils.text import Truncator
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from people.models import Employee, JournalEntry


class Act(models.TextChoices):
    """Everything that can be done to a household, as the journal names it."""

    REGISTERED = "household.registered", _("Household registered")
    MEMBER_ADDED = "member.added", _("Member added")
    MEMBER_ENDED = "member.ended", _("Membership ended")
    CHILD_BORN = "member.born", _("Child born")
    SPLIT = "household.split", _("Household split")
    FORMED_BY_SPLIT = "household.formed", _("Household formed by a split")
    JOINED = "household.joined", _("Household joined with another")
    ASSIGNED = "case.assigned", _("Responsible caseworker set")
    HANDED_OVER = "household.handed_over", _("Handed over to another unit")
    CASE_OPENED = "case.opened", _("Case opened")
    CASE_MOVED_ON = "case.moved_on", _("State changed")
    CASE_CLOSED = "case.closed", _("Case closed")
    CASE_REOPENED = "case.reopened", _("Case reopened")
    REQUEST_OPENED = "request.opened", _("Request received")
    REQUEST_ANSWERED = "request.answered", _("Request answered")
    REQUEST_FORWARDED = "request.forwarded", _("Request handed on")
    PRELIMINARY_SENT = "request.preliminary_sent", _("Preliminary answer sent")
    DELAY_SENT = "request.delay_sent", _("Delay notice sent")
    INFORMATION_ASKED = "information.asked", _("Information asked for")
    INFORMATION_CAME = "information.came", _("Information received")
    DISPUTE_OPENED = "dispute.opened", _("Responsibility disputed")
    DISPUTE_DECIDED = "dispute.decided", _("Disputed responsibility decided")
    DISPUTE_ENDED = "dispute.ended", _("Outcome of a disputed responsibility")
    NEED_RECORDED = "need.recorded", _("Need recorded")
    NEED_ENDED = "need.ended", _("Need ended")
    RESIDENCE_STARTED = "residence.started", _("Moved in")
    RESIDENCE_ENDED = "residence.ended", _("Moved out")
    RESIDENCE_EXTENDED = "residence.extended", _("Stay extended")
    OVERSTAY_APPROVED = "residence.overstay_approved", _("Stay beyond the limit approved")
    RESIDENCE_CORRECTED = "residence.corrected", _("Residence corrected")
    RESIDENCE_REMOVED = "residence.removed", _("Residence removed as a slip")
    LEASE_TOLD = "lease.told", _("Told in writing about the lease")
    LEASE_SIGNED = "lease.signed", _("Lease signed")
    LEASE_RENEWED = "lease.renewed", _("Lease renewed")
    LEASE_ENDED = "lease.ended", _("Lease ended")
    NOTICE_TO_QUIT = "lease.notice", _("Notice to quit given")
    NOTICE_TO_QUIT_WITHDRAWN = "lease.notice_withdrawn", _("Notice to quit taken back")
    RENT_SET = "lease.rent_set", _("Rent set")
    SECURITY_GIVEN = "security.given", _("Deposit or guarantee given")
    SECURITY_SETTLED = "security.settled", _("Deposit or guarantee settled")
    HELPED_TO_RENT = "household.helped_to_rent", _("Helped to rent privately")
    LANDLORD_WRITTEN_TO = "landlord.written_to", _("Letter to the landlord")
    ABSENCE_RECORDED = "absence.recorded", _("Absence recorded")
    ABSENCE_ENDED = "absence.ended", _("Back from an absence")
    BARRED = "household.barred", _("Barred from a provider")
    BAR_LIFTED = "household.bar_lifted", _("Bar from a provider lifted")
    KEPT_APART = "household.kept_apart", _("Kept apart from another household")
    LET_TOGETHER = "household.let_together", _("No longer kept apart from another household")
    DECISION_DRAFTED = "decision.drafted", _("Decision drafted")
    DECISION_TOLD = "decision.told", _("Decision given by word of mouth")
    DECISION_SUBMITTED = "decision.submitted", _("Decision sent for approval")
    DECISION_SENT_BACK = "decision.sent_back", _("Decision sent back to be written better")
    DECISION_ISSUED = "decision.issued", _("Decision issued")
    DECISION_DISCARDED = "decision.discarded", _("Draft of a decision discarded")
    DECISION_CUT_SHORT = "decision.cut_short", _("Decision replaced or ended")
    DECISION_ANNULLED = "decision.annulled", _("Decision annulled")
    DECISION_CORRECTED = "decision.corrected", _("Slip in a decision corrected")
    NOTICE_REGISTERED = "notice.registered", _("Notice reached somebody")
    NOTICE_STRUCK = "notice.struck", _("Notice struck")
    REASONS_ASKED = "reasons.asked", _("Reasons of a decision asked for")
    REASONS_GIVEN = "reasons.given", _("Reasons of a decision given")
    APPEAL_RECEIVED = "appeal.received", _("Appeal received")
    APPEAL_ACKNOWLEDGED = "appeal.acknowledged", _("Told that the appeal has come")
    APPEAL_TAKEN_UP = "appeal.taken_up", _("Appeal taken up")
    APPEAL_CHANGED = "appeal.changed", _("Decision changed on appeal")
    APPEAL_FORWARDED = "appeal.forwarded", _("Appeal forwarded")
    APPEAL_ANSWERED = "appeal.answered", _("Appeal answered")
    APPEAL_CARRIED_OUT = "appeal.carried_out", _("Outcome of the appeal carried out")
    APPEAL_DISMISSED = "appeal.dismissed", _("Appeal dismissed")
    APPEAL_WITHDRAWN = "appeal.withdrawn", _("Appeal withdrawn")
    APPEAL_HANDED_ON = "appeal.handed_on", _("Appeal handed on to where it belongs")
    SUSPENSION_ASKED = "suspension.asked", _("Asked that a decision waits")
    SUSPENSION_DECIDED = "suspension.decided", _("Decided whether a decision waits")
    APPLICATION_RECEIVED = "application.received", _("Application for a dwelling received")
    APPLICATION_CHANGED = "application.changed", _("Application for a dwelling changed")
    APPLICATION_GRANTED = "application.granted", _("On the waiting list for a dwelling")
    APPLICATION_REFUSED = "application.refused", _("Application for a dwelling refused")
    APPLICATION_HOUSED = "application.housed", _("Off the waiting list: has got a dwelling")
    APPLICATION_REOPENED = "application.reopened", _("Application for a dwelling taken up again")
    APPLICATION_WITHDRAWN = "application.withdrawn", _("Application for a dwelling withdrawn")
    APPLICATION_LAPSED = "application.lapsed", _("Application for a dwelling lapsed")
    APPLICATION_CONFIRMED = "application.confirmed", _("Application for a dwelling confirmed")
    APPLICATION_PAUSED = "application.paused", _("Application for a dwelling paused")
    APPLICATION_PAUSE_ENDED = "application.pause_ended", _("Pause of an application ended")
    APPLICATION_OVERRIDDEN = "application.overridden", _("Priority of an application set by hand")
    OFFER_MADE = "offer.made", _("Dwelling offered")
    OFFER_ACCEPTED = "offer.accepted", _("Offer accepted")
    OFFER_DECLINED = "offer.declined", _("Offer declined")
    OFFER_WITHDRAWN = "offer.withdrawn", _("Offer withdrawn")
    OFFER_EXPIRED = "offer.expired", _("Offer not answered in time")
    OFFER_TAKEN_UP = "offer.taken_up", _("Moved in on an offer")
    AGENDA_PUT = "agenda.put", _("Put before the housing meeting")
    AGENDA_TAKEN_OFF = "agenda.taken_off", _("Taken off the housing meeting's agenda")
    AGENDA_DECIDED = "agenda.decided", _("Decided by the housing meeting")
    PLAN_MADE = "plan.made", _("Housing plan made")
    PLAN_STEP_DONE = "plan.step_done", _("Step of the plan done")
    MAPPING_STARTED = "mapping.started", _("Needs mapping started")
    MAPPING_WRITTEN = "mapping.written", _("Needs mapping written on")
    MAPPING_FINISHED = "mapping.finished", _("Needs mapping finished")
    PROCESS_APPLIED = "process.applied", _("Work process started")
    PROCESS_STEP_DONE = "process.step_done", _("Step of a work process done")
    PROCESS_ADJUSTED = "process.adjusted", _("Work process adjusted")
    PROCESS_MOVED = "process.moved", _("Work process moved to a new version")
    PROCESS_ENDED = "process.ended", _("Work process ended")
    SURVEY_REGISTERED = "voice.survey", _("Survey registered")
    HOME_CHOSEN = "voice.home_chosen", _("Choice among homes")
    COMPLAINT_RECEIVED = "voice.complaint", _("Complaint received")
    COMPLAINT_ANSWERED = "voice.complaint_answered", _("Complaint answered")
    PLAN_OFFERED = "plan.offered", _("Plan offered")
    PLAN_DECLINED = "plan.declined", _("Plan declined by the person")
    PLAN_CONSENTED = "plan.consented", _("The person wants the plan")
    PLAN_CONSENT_GIVEN = "plan.consent_given", _("Consent to a part of the plan given")
    PLAN_CONSENT_WITHDRAWN = "plan.consent_withdrawn", _("Consent withdrawn")
    PLAN_WRITTEN = "plan.written", _("Plan written")
    PLAN_BEGUN = "plan.begun", _("Plan begun")
    PLAN_REVISED = "plan.revised", _("Plan revised")
    PLAN_EVALUATED = "plan.evaluated", _("Plan evaluated")
    PLAN_ENDED = "plan.ended", _("Plan ended")
    PLAN_JOINED = "plan.joined", _("Participant in a plan added")
    PLAN_LEFT = "plan.left", _("Participant in a plan left")
    PLAN_MEASURE_ADDED = "plan.measure_added", _("Measure in a plan added")
    PLAN_MEASURE_FINISHED = "plan.measure_finished", _("Measure in a plan finished")
    PLAN_GROUP_FORMED = "plan.group_formed", _("Responsibility group formed")
    PLAN_GROUP_MET = "plan.group_met", _("Responsibility group met")
    PLAN_GROUP_ENDED = "plan.group_ended", _("Responsibility group ended")
    PLAN_COPY_GIVEN = "plan.copy_given", _("Copy of the plan given to the person")
    CHILD_COORDINATOR_SET = "plan.child_coordinator_set", _("Children's coordinator registered")
    CHILD_COORDINATOR_ENDED = "plan.child_coordinator_ended", _("Children's coordinator ended")
    FOLLOW_UP_OFFERED = "followup.offered", _("Follow-up service offered")
    FOLLOW_UP_DECLINED = "followup.declined", _("Follow-up service declined")
    FOLLOW_UP_BEGUN = "followup.begun", _("Follow-up service begun")
    FOLLOW_UP_CHANGED = "followup.changed", _("Follow-up service changed")
    FOLLOW_UP_ENDED = "followup.ended", _("Follow-up service ended")
    FOLLOW_UP_CONTACT = "followup.contact", _("Contact with a follow-up service")
    FOLLOW_UP_EVALUATED = "followup.evaluated", _("Asked how it goes in the home")
    WARNING_SEEN = "followup.warning_seen", _("Sign that the home may be lost")
    WARNING_HANDLED = "followup.warning_handled", _("Sign that the home may be lost: handled")
    ALLOWANCE_CHECKED = "benefit.checked", _("Housing allowance considered")
    ALLOWANCE_APPLIED = "benefit.applied", _("Housing allowance applied for")
    ALLOWANCE_ANSWERED = "benefit.answered", _("Housing allowance answered")
    ALLOWANCE_ENDED = "benefit.ended", _("Housing allowance ended")
    TASK_OPENED = "task.opened", _("Task opened")
    TASK_DONE = "task.done", _("Task done")
    TASK_GIVEN = "task.given", _("Task given to somebody")
    AUTHORITY_WROTE = "authority_letter.received", _("Another authority wrote")
    AUTHORITY_ANSWERED = "authority_letter.answered", _("Another authority answered")
    FINDING_ACCEPTED = "finding.accepted", _("A lack accepted with a reason")
    FINDING_REOPENED = "finding.reopened", _("A lack no longer accepted")
    DEVIATION_REPORTED = "deviation.reported", _("Deviation reported")
    DEVIATION_CLOSED = "deviation.closed", _("Deviation closed")
    OBSTACLE_REPORTED = "obstacle.reported", _("Rule that stood in the way told of")
    PAPER_RECEIVED = "paper.received", _("Paper taken in")
    BREACH_REVIEWED = "breach.reviewed", _("Long stay reviewed")
    SEALED = "household.sealed", _("Data sealed")
    SEAL_LIFTED = "household.seal_lifted", _("Seal lifted")
    ACCESS_ASKED = "access.asked", _("Access to own data asked for")
    ACCESS_GIVEN = "access.given", _("Access to own data given")
    CORRECTION_ASKED = "correction.asked", _("Correction asked for")
    CORRECTION_DECIDED = "correction.decided", _("Correction decided on")
    LETTER_SENT_ANEW = "letter.sent_anew", _("Letter sent anew")
    LETTER_SENT = "letter.sent", _("Letter sent")
    LETTER_DELIVERED = "letter.delivered", _("Letter delivered")
    LETTER_FAILED = "letter.failed", _("Letter did not arrive")
    LETTER_STOPPED = "letter.stopped", _("Letter stopped before it left")
    NOTE_WRITTEN = "note.written", _("Note")
    NOTE_CORRECTED = "note.corrected", _("Note corrected")
    SPECIAL_NOTE_WRITTEN = "special_note.written", _("Special note written")
    PROTECTED = "person.protected", _("Address protected")
    UNMASKED = "person.unmasked", _("Address no longer protected")
    LETTER_LANGUAGE_SET = "person.letter_language", _("Language of letters set")
    DIED = "person.died", _("Death registered")
    DEATH_TAKEN_BACK = "person.death_taken_back", _("Registered death taken back")
    REPRESENTATIVE_ADDED = "representative.added", _("Representative registered")
    REPRESENTATIVE_ENDED = "representative.ended", _("Representative ended")
    UNDONE = "act.undone", _("Undone")
    OPENED_WITH_REASON = "household.opened_with_reason", _("Case opened with a reason")
    OPENED_IN_EMERGENCY = "household.opened_in_emergency", _("Case opened through the emergency door")
    SHARED = "household.shared", _("Case shared with another unit")
    SHARING_ENDED = "household.sharing_ended", _("Case no longer shared with another unit")
    DISQUALIFIED = "employee.disqualified", _("An employee must not deal with the case")
    QUALIFIED_AGAIN = "employee.qualified_again", _("An employee may deal with the case again")
    INSPECTED = "household.inspected", _("Taken into an inspection")


def in_a_line(text: str) -> str:
    """As much of a text as a line has room for. The whole stands with the subject."""
    return Truncator(text).chars(JournalEntry._meta.get_field("reason").max_length or 0)


def record(
    act: Act,
    *,
    household_id: int,
    subject: models.Model,
    by: Employee,
    at: datetime,
    on: date | None = None,
    reason: str = "",
    details: Mapping[str, Any] | None = None,
) -> JournalEntry:
    """Write one line. `on` is the day the act concerns, by default that of `at`; `details` holds plain dated facts."""
    return JournalEntry.objects.create(
        household_id=household_id,
        act=act,
        subject_kind=subject._meta.model_name or "",
        subject_id=subject.pk,
        on=on or localdate(at),
        at=at,
        by=by,
        reason=reason,
        details=dict(details or {}),
    )
