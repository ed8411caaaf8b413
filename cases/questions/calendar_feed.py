# mypy: disable-error-code="no-untyped-call"
"""What a calendar is told: on which days how many tasks of which kind are due, and nothing of whom."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Count
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import override
from icalendar import Calendar, Event

from cases.actions.calendar_feeds import fingerprint
from cases.models import CalendarFeed, Task, TaskKind
from people.models import Employee


def employee_of(secret: str) -> Employee | None:
    """Whose calendar the secret opens; None when it is stopped or unknown, or the employee has left."""
    feeds = CalendarFeed.objects.filter(
        fingerprint=fingerprint(secret), stopped_at__isnull=True, employee__is_active=True
    )
    feed = feeds.select_related("employee").first()
    return feed.employee if feed else None


def calendar_of(employee: Employee, *, tasks_url: str, at: datetime) -> bytes:
    """An iCalendar file (RFC 5545) of the employee's own and stood-in tasks, a whole-day event a day and kind."""
    tasks = Task.objects.open().of(employee, on=localdate(at))
    counted = tasks.order_by("due_on", "kind").values("due_on", "kind").annotate(n=Count("pk"))
    with override(employee.language):
        calendar = Calendar()
        calendar.add("prodid", "-//Varig//Tasks//EN")
        calendar.add("version", "2.0")
        calendar.add("x-wr-calname", _("Tasks in Varig"))
        for row in counted:
            event = Event()
            event.add("uid", f"{employee.pk}-{row['due_on']:%Y%m%d}-{row['kind']}@varig")
            event.add("dtstamp", at)
            event.add("dtstart", row["due_on"])
            event.add("dtend", row["due_on"] + timedelta(days=1))
            event.add("summary", f"{TaskKind(row['kind']).label}: {row['n']}")
            event.add("url", tasks_url)
            event.add("class", "PRIVATE")
            event.add("transp", "TRANSPARENT")
            calendar.add_component(event)
        return bytes(calendar.to_ical())
