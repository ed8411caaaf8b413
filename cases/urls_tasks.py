"""Tasks, and the letters of other authorities that are answered by a day."""

from __future__ import annotations

from django.urls import path

from cases.views import authority_letters, calendar_feed, tasks

urlpatterns = [
    path("tasks", tasks.tasks, name="tasks"),
    path("tasks/calendar", calendar_feed.calendar_feed, name="calendar_feed"),
    path("calendar/<str:secret>.ics", calendar_feed.calendar, name="calendar"),
    path("tasks/give", tasks.reassign, name="reassign_tasks"),
    path("tasks/<int:task_id>", tasks.unit_task, name="unit_task"),
    path("households/<uuid:key>/tasks/new", tasks.add, name="add_task"),
    path("households/<uuid:key>/tasks/<int:task_id>", tasks.task, name="task"),
    path("households/<uuid:key>/authority-letters", authority_letters.authority_letters, name="authority_letters"),
    path("households/<uuid:key>/authority-letters/new", authority_letters.add, name="add_authority_letter"),
    path(
        "households/<uuid:key>/authority-letters/<int:letter_id>",
        authority_letters.reply,
        name="answer_authority_letter",
    ),
]
