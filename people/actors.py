"""The actors of the system itself, who stand in journal and history where no person acted."""

from __future__ import annotations

from people.models import Employee

#: gives and ends the roles that follow from groups at a provider of identity
SIGN_IN = "sign_in"
#: carries out what letters and archive copies wait for
OUTBOX = "outbox"
#: user name → the name that pages show
ACTORS = {
    "import": "Import",
    "calendar": "Kalender",
    "command": "Kommandolinje",
    SIGN_IN: "Innlogging",
    OUTBOX: "Utsending",
}


def put_back_actors() -> None:
    """Write those that are missing; none of them can sign in."""
    for username, name in ACTORS.items():
        Employee.objects.get_or_create(
            username=username, defaults={"name": name, "is_system": True, "password": "!", "is_active": False}
        )
