"""The embedded server's promises, each on a server of its own."""

from __future__ import annotations

import os
import shutil
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import sleep
from urllib.parse import quote

import psycopg
import pytest

from config import devdb
from config.devdb import ADMINISTRATOR, AS_NOBODY, PORT, Server
from people.logins import APP, OWNER

PROJECT = Path(__file__).parents[2]
is_root = os.geteuid() == 0


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = Server(tmp_path_factory.mktemp("instance"), durable=True)
    server.start()
    yield server
    server.stop()


def connect(
    server: Server, role: str = OWNER, password: str | None = None, database: str = "varig"
) -> psycopg.Connection:
    return psycopg.connect(
        host=str(server.socket),
        port=PORT,
        dbname=database,
        user=role,
        password=server.passwords()[role] if password is None else password,
        autocommit=True,
    )


def postmaster(server: Server) -> int:
    return int((server.pgdata / "postmaster.pid").read_text().split()[0])


def killed(server: Server) -> None:
    """Ask it to end, as whoever it runs as, and leave nothing of it in memory."""
    pid, place = postmaster(server), server.pgdata.resolve()
    os.kill(pid, signal.SIGINT)
    for _ in range(100):
        if not (place / "postmaster.pid").exists():
            break
        sleep(0.1)
    shutil.rmtree(place)


def start_in_another_process(
    folder: Path, *, prefix: tuple[str, ...] = (), path: str | None = None
) -> subprocess.Popen[bytes]:
    environment = os.environ | {"VARIG_DATA": str(folder), "PATH": path or os.environ["PATH"]}
    return subprocess.Popen(
        [*prefix, sys.executable, "-m", "config.devdb", "start"], cwd=PROJECT, env=environment, stderr=subprocess.PIPE
    )


def finished(process: subprocess.Popen[bytes]) -> None:
    _, said = process.communicate(timeout=60)
    assert process.returncode == 0, said.decode()


@pytest.mark.parametrize("role", [ADMINISTRATOR, OWNER, APP])
def test_no_role_gets_in_without_its_password(server: Server, role: str) -> None:
    connect(server, role).close()

    for wrong in ("", "guess"):
        with pytest.raises(psycopg.OperationalError, match="password"):
            connect(server, role, wrong)


def test_the_secrets_and_the_data_are_their_owners_alone(server: Server) -> None:
    assert stat.S_IMODE((server.folder / "passwords.json").stat().st_mode) == 0o600
    assert stat.S_IMODE(server.pgdata.stat().st_mode) == 0o700
    assert list(server.folder.glob("*.password")) == []


def test_it_answers_on_its_socket_only(server: Server) -> None:
    with connect(server, ADMINISTRATOR) as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)


def test_what_was_committed_is_there_after_a_stop(server: Server) -> None:
    with connect(server) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 1 AS id")

    assert server.stop()
    assert not server.stop()
    server.start()

    with connect(server) as connection:
        assert connection.execute("SELECT id FROM kept").fetchone() == (1,)


def test_what_was_committed_is_there_after_a_kill(server: Server) -> None:
    with connect(server) as connection:
        connection.execute("CREATE TABLE survived AS SELECT 1 AS id")
    os.kill(postmaster(server), signal.SIGKILL)

    server.start()

    with connect(server) as connection:
        assert connection.execute("SELECT id FROM survived").fetchone() == (1,)


def test_a_pid_file_that_names_another_program_does_not_stop_it(server: Server) -> None:
    before = (server.pgdata / "postmaster.pid").read_text().splitlines()
    server.stop()
    (server.pgdata / "postmaster.pid").write_text("\n".join([str(os.getpid()), *before[1:]]))

    server.start()

    assert postmaster(server) != os.getpid()


def test_an_instance_that_is_not_a_test_run_waits_for_the_disk(server: Server) -> None:
    with connect(server) as connection:
        settings = connection.execute("SELECT name, setting FROM pg_settings WHERE setting = 'on'").fetchall()

    assert {"fsync", "full_page_writes", "synchronous_commit", "track_commit_timestamp"} <= {
        name for name, _ in settings
    }


def test_an_administrator_who_is_no_superuser_makes_the_roles_and_may_do_so_again(tmp_path: Path) -> None:
    server = Server(tmp_path)
    server.start()
    try:
        with connect(server, ADMINISTRATOR, database="postgres") as connection:
            connection.execute("DROP DATABASE varig")
            connection.execute("DROP ROLE varig_owner, varig_app, varig_audit")
            connection.execute("CREATE ROLE keeper LOGIN CREATEROLE CREATEDB PASSWORD 'keeper'")
            connection.execute("CREATE DATABASE keeper OWNER keeper")
        address = quote(str(server.socket), safe="")
        environment = os.environ | {
            "DATABASE_ADMIN_URL": f"postgresql://keeper:keeper@{address}/keeper",
            "DATABASE_OWNER_URL": f"postgresql://{OWNER}:new@{address}/varig",
            "DATABASE_URL": f"postgresql://{APP}:newer@{address}/varig",
        }
        for _ in range(2):
            subprocess.run([sys.executable, "-m", "config.roles_bootstrap"], cwd=PROJECT, env=environment, check=True)
        with connect(server, OWNER, "new") as connection:
            connection.execute("CREATE EXTENSION btree_gist")
        connect(server, APP, "newer").close()
    finally:
        server.stop()


def test_several_processes_at_once_start_one_server(tmp_path: Path) -> None:
    starting = [start_in_another_process(tmp_path) for _ in range(4)]
    server = Server(tmp_path / "test")
    try:
        for process in starting:
            finished(process)
        with connect(server, ADMINISTRATOR) as connection:
            roles = connection.execute("SELECT count(*) FROM pg_roles WHERE rolname LIKE 'varig%'").fetchone()
    finally:
        server.stop()

    assert roles == (3,)


def test_a_folder_too_deep_for_a_sockets_address_gets_a_short_one(tmp_path: Path) -> None:
    server = Server(tmp_path / ("deep" * 30))
    server.start()
    try:
        connect(server).close()
    finally:
        server.stop()


def test_a_test_run_s_data_lies_in_memory_until_it_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    memory = tmp_path / "memory"
    memory.mkdir()
    monkeypatch.setattr(devdb, "MEMORY", memory)
    monkeypatch.setattr(devdb, "MEMORY_TO_SPARE", 0)
    server = Server(tmp_path / "run", durable=False)
    server.start()

    assert server.pgdata.resolve().parent == memory
    connect(server).close()

    assert server.stop()
    assert not list(memory.iterdir())
    server.start()
    connect(server).close()
    server.stop()


def test_it_lies_on_disk_where_memory_is_short(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(devdb, "MEMORY_TO_SPARE", 1 << 60)
    server = Server(tmp_path, durable=False)
    server.start()
    try:
        assert server.pgdata.resolve() == tmp_path.resolve() / "pg"
    finally:
        server.stop()


@pytest.mark.skipif(not is_root, reason="only root can be somebody else")
def test_root_without_namespaces_runs_it_as_nobody(tmp_path: Path) -> None:
    programs = tmp_path / "programs"
    programs.mkdir()
    (programs / "setpriv").symlink_to("/usr/bin/setpriv")
    server = Server(tmp_path / "test")

    finished(start_in_another_process(tmp_path, path=str(programs)))

    try:
        assert server.pgdata.owner() == "nobody"
        connect(server).close()
    finally:
        killed(server)


@pytest.mark.skipif(not is_root, reason="only root can be somebody else")
def test_an_ordinary_user_runs_it_as_itself(tmp_path: Path) -> None:
    tmp_path.chmod(0o777)
    server = Server(tmp_path / "test")

    finished(start_in_another_process(tmp_path, prefix=AS_NOBODY))

    try:
        assert server.folder.owner() == server.pgdata.owner() == "nobody"
        connect(server).close()
    finally:
        killed(server)
