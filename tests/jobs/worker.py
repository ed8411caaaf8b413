"""A real worker in a process of its own, on this test's database, to be waited for or killed.

`python -m tests.jobs.worker SETTINGS` is that process; `worker(...)` starts it from a test.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

LOGIN = ("NAME", "USER", "PASSWORD", "HOST", "PORT")


@contextmanager
def worker(*, once: bool = False, **settings: Any) -> Iterator[subprocess.Popen[str]]:
    """The process, killed at the end of the block if it still runs.

    :param settings: what differs in its settings, as JSON values
    """
    from django.db import connection

    login = {key: connection.settings_dict[key] for key in LOGIN}
    told = json.dumps({"login": login, "once": once, "settings": settings})
    with subprocess.Popen(
        [sys.executable, "-m", "tests.jobs.worker", told], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def finish(**settings: Any) -> str:
    """Let a worker do all that waits. → what it said"""
    with worker(once=True, **settings) as process:
        said, _ = process.communicate(timeout=60)
    assert process.returncode == 0, said
    return said


def main(told: dict[str, Any]) -> None:
    import django
    from django.conf import settings
    from django.core.management import call_command

    settings.DATABASES["default"].update(told["login"])
    for name, value in told["settings"].items():
        setattr(settings, name, value)
    django.setup()
    call_command("work", once=told["once"])


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
