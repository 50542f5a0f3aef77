"""A PostgreSQL server for the tests: one that is named, or a throw-away one of our own.

``TRUCEWATCH_TEST_POSTGRES`` names a server (``postgresql://user:password@host:port/name``) whose user may make databases.
Without it, a cluster is made in a temporary folder and listens on a free loopback port for as long as the tests run, where
the server's programs are on the machine. PostgreSQL refuses to run as root: root starts it as another user.
"""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa

VARIABLE = "TRUCEWATCH_TEST_POSTGRES"
_USERS = ("postgres", "nobody")
"""Who may run the server where we are root."""
_SECONDS = 30


class NoServerError(Exception):
    """There is no server and none can be started; says why."""


def programs() -> Path | None:
    """The folder that holds ``initdb`` and ``postgres``, the newest one."""
    found = shutil.which("initdb")
    if found is not None and (Path(found).resolve().parent / "postgres").is_file():
        return Path(found).resolve().parent
    known = [p.parent for p in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    return max(known, key=lambda p: int("".join(c for c in p.parent.name if c.isdigit()) or 0), default=None)


@contextmanager
def server() -> Iterator[sa.URL]:
    """The address of a server while the block runs. Raises ``NoServerError``."""
    named = os.environ.get(VARIABLE)
    if named:
        yield sa.make_url(named)
        return
    where = programs()
    if where is None:
        raise NoServerError(f"no PostgreSQL on this machine (install it, or name a server in {VARIABLE})")
    folder = Path(tempfile.mkdtemp(prefix="trucewatch-postgres-"))
    try:
        with _cluster(where, folder) as address:
            yield address
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _cluster(where: Path, folder: Path) -> Iterator[sa.URL]:
    how = _unprivileged(folder)
    password = secrets.token_hex(16)
    secret = folder / "password"
    secret.write_text(password)
    if "user" in how:
        shutil.chown(secret, how["user"])
    data = folder / "data"
    made = subprocess.run(
        [where / "initdb", "-D", data, "-U", "tests", f"--pwfile={secret}", "--auth=password", "-E", "UTF8",
         "--locale=C", "--no-sync"],
        capture_output=True, text=True, cwd=folder, **how,
    )  # fmt: skip
    if made.returncode != 0:
        raise NoServerError(f"initdb failed: {' '.join(made.stderr.split())[-300:]}")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    # Data that live as long as the tests need no disk to be waited for.
    options = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "shared_buffers=32MB", "max_connections=40"]
    command = [where / "postgres", "-D", data, "-p", str(port), "-h", "127.0.0.1", "-k", folder]
    with (folder / "log").open("w") as log:
        running = subprocess.Popen(
            [*command, *(x for o in options for x in ("-c", o))], stdout=log, stderr=log, cwd=folder, **how
        )
    address = sa.URL.create("postgresql", "tests", password, "127.0.0.1", port, "postgres")
    try:
        _wait(running, address, folder / "log")
        yield address
    finally:
        running.send_signal(signal.SIGINT)  # a fast shutdown: connections are cut
        try:
            running.wait(_SECONDS)
        except subprocess.TimeoutExpired:
            running.kill()
            running.wait()


def _unprivileged(folder: Path) -> dict[str, Any]:
    """What ``subprocess`` needs so that the server does not run as root; the folder is given to that user."""
    if os.geteuid() != 0:
        return {}
    for name in _USERS:
        try:
            user = pwd.getpwnam(name)
        except KeyError:
            continue
        os.chown(folder, user.pw_uid, user.pw_gid)
        return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    raise NoServerError(f"PostgreSQL does not run as root, and there is no user {' or '.join(_USERS)}")


def _wait(running: subprocess.Popen[bytes], address: sa.URL, log: Path) -> None:
    end = time.monotonic() + _SECONDS
    while True:
        try:
            with _admin(address):
                return
        except sa.exc.OperationalError as fault:
            if running.poll() is not None or time.monotonic() > end:
                raise NoServerError(f"PostgreSQL did not start: {log.read_text()[-300:]}") from fault
            time.sleep(0.1)


@contextmanager
def _admin(address: sa.URL) -> Iterator[sa.Connection]:
    engine = sa.create_engine(address.set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


@contextmanager
def fresh(address: sa.URL) -> Iterator[str]:
    """The address of an empty database of its own, dropped afterwards."""
    name = f"trucewatch_test_{uuid.uuid4().hex[:12]}"
    with _admin(address) as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name} ENCODING 'UTF8' TEMPLATE template0")
    try:
        yield address.set(database=name).render_as_string(hide_password=False)
    finally:
        with _admin(address) as connection:
            connection.exec_driver_sql(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
