"""Servers and databases that may be killed, each by its own pid, on ports of loopback."""

import http.client
import itertools
import json
import os
import random
import select
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import psutil
import pytest
from sqlalchemy import NullPool, create_engine, text

from kell.core.config.values import database_url as normalised
from tests import clusters

ROOT = Path(__file__).parents[2]
PATIENCE = 60.0
DATABASES = ("sqlite", "postgresql")
ANNOUNCED = ("panel  http", "demo   http", "login  ")

# Not from the range that the system takes for outgoing connections: a client that knocks at the
# port of a dead server there may be connected to itself, and then nobody can listen on it again.
PORTS = range(20_000, 32_000)


def wait_until(condition: Callable[[], Any], what: str, patience: float = PATIENCE) -> Any:
    """Return what ``condition`` gives once it is true; fail when that takes too long."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        found = condition()
        if found:
            return found
        time.sleep(0.02)
    raise AssertionError(f"it didn't happen within {patience:.0f} s: {what}")


def free_port() -> int:
    """Return a port that nobody uses, and that nobody gets by chance."""
    while True:
        port = random.choice(PORTS)
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


class Process:
    """Somebody's process, held by a handle that no other process ever gets."""

    def __init__(self, pid: int, reap: Callable[[], object] = lambda: None) -> None:
        self.pid = pid
        self._reap = reap
        self._handle = os.pidfd_open(pid)
        self._is_over = False

    def signal(self, number: int) -> None:
        if not self.is_over():
            with suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._handle, number)

    def is_over(self, within: float = 0) -> bool:
        """Wait up to ``within`` seconds for the end; say whether it came."""
        if not self._is_over:
            poll = select.poll()
            poll.register(self._handle, select.POLLIN)
            self._is_over = bool(poll.poll(within * 1000))
            if self._is_over:
                self._reap()
                os.close(self._handle)
        return self._is_over

    def kill(self) -> None:
        """End it as a power cut would, and wait until it is gone."""
        self.signal(signal.SIGKILL)
        assert self.is_over(PATIENCE), f"process {self.pid} survived SIGKILL"


class Launch(Protocol):
    """Starts ``kell`` with arguments."""

    def __call__(
        self, arguments: Sequence[str], environment: Mapping[str, str], log: Path, broken: str = ""
    ) -> Process: ...


def by_command(
    arguments: Sequence[str], environment: Mapping[str, str], log: Path, broken: str = ""
) -> Process:
    """Start it as anybody would."""
    program = ["-m", "tests.fault.broken", broken] if broken else ["-m", "kell"]
    with log.open("ab") as file:
        started = subprocess.Popen(
            [sys.executable, *program, *arguments],
            cwd=ROOT,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=subprocess.STDOUT,
        )
    return Process(started.pid, started.wait)


class Nursery:
    """Starts it as a fork of a process that has done all imports: they take seconds."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.fault.nursery"],
            cwd=ROOT,
            env=clean_environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._read() == "ready\n"

    def __call__(
        self, arguments: Sequence[str], environment: Mapping[str, str], log: Path, broken: str = ""
    ) -> Process:
        order = {
            "arguments": list(arguments),
            "environment": dict(environment),
            "log": str(log),
            "broken": broken,
        }
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        return Process(int(self._read()))

    def close(self) -> None:
        """End it, and with it every server that it has started."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(PATIENCE)
        self._process.stdout.close()

    def _read(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline()


def clean_environment() -> dict[str, str]:
    """Return this process's environment without settings of Kell."""
    ours = ("HOST", "PORT")
    return {k: v for k, v in os.environ.items() if not k.startswith("KELL_") and k not in ours}


@dataclass(frozen=True)
class Home:
    """What a server keeps: a database and a data folder of its own, and who can sign in."""

    url: str
    folder: Path
    logins: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def log(self) -> Path:
        return self.folder / "log"

    def environment(self, **more: str) -> dict[str, str]:
        """Return the environment of a ``kell`` that lives here."""
        ours = {"KELL_DATA": str(self.data), "KELL_DATABASE_URL": self.url}
        return clean_environment() | ours | more

    def read(self, statement: str, **values: object) -> list[Any]:
        """Ask the database past the server."""
        engine = create_engine(normalised(self.url), poolclass=NullPool)
        with engine.connect() as connection:
            return list(connection.execute(text(statement), values).all())

    def write(self, statement: str, **values: object) -> None:
        """Change the database past the server."""
        engine = create_engine(normalised(self.url), poolclass=NullPool)
        with engine.begin() as connection:
            connection.execute(text(statement), values)


class Server:
    """``kell serve`` at one address, through all its deaths."""

    def __init__(
        self, home: Home, launch: Launch, *, command: str = "serve", broken: str = "", **more: str
    ) -> None:
        self.home = home
        self.port = free_port()
        self.base = f"http://127.0.0.1:{self.port}"
        self._launch = launch
        self._command = command
        self._broken = broken
        self._environment = home.environment(PORT=str(self.port), **more)
        self._process: Process | None = None

    def start(self) -> None:
        """Start it; it answers some time later."""
        assert self._process is None or self._process.is_over()
        self._process = self._launch(
            [self._command], self._environment, self.home.log, self._broken
        )

    def wait_until_ready(self) -> None:
        """Wait until it can work."""
        wait_until(self._is_ready, "the server is ready")

    def kill(self) -> None:
        """End it with SIGKILL."""
        assert self._process is not None
        self._process.kill()

    def stop(self) -> None:
        """End it as an administrator would."""
        assert self._process is not None
        self._process.signal(signal.SIGTERM)
        assert self._process.is_over(PATIENCE), "the server didn't stop"

    def close(self) -> None:
        """End it, whatever state it is in."""
        if self._process is not None:
            self._process.kill()

    def sockets(self) -> int:
        """Return how many connections it has."""
        assert self._process is not None
        known = psutil.Process(self._process.pid).net_connections(kind="tcp")
        here = [each for each in known if each.laddr.port == self.port]
        return sum(each.status != psutil.CONN_LISTEN for each in here)

    def files(self) -> int:
        """Return how many files it has open."""
        assert self._process is not None
        return int(psutil.Process(self._process.pid).num_fds())

    def errors(self) -> list[str]:
        """Return what it has logged as an error, and what wasn't meant for its log at all."""
        lines = self.home.log.read_text(encoding="utf-8").splitlines()
        odd = [line for line in lines if not line.startswith("{") or '"level": "error"' in line]
        return [line for line in odd if not line.startswith(ANNOUNCED)]

    def _is_ready(self) -> bool:
        assert self._process is not None
        if self._process.is_over():
            said = self.home.log.read_text(encoding="utf-8")[-4000:]
            raise AssertionError(f"the server ended by itself:\n{said}")
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", "/readyz")
            return connection.getresponse().status == 200
        except OSError:
            return False
        finally:
            connection.close()


class Homes:
    """Makes homes in a hurry: each database is set up once, by a server, and then copied."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = itertools.count(1)
        self._templates: dict[str, Home] = {}
        self._ends = ExitStack()
        self._cluster = ""
        self._nursery: Nursery | None = None

    @property
    def nursery(self) -> Nursery:
        if self._nursery is None:
            self._nursery = Nursery()
            self._ends.callback(self._nursery.close)
        return self._nursery

    @property
    def cluster(self) -> str:
        """The address of PostgreSQL, one for the whole session."""
        if not self._cluster:
            self._cluster = self._ends.enter_context(clusters.postgresql())
        return self._cluster

    def new(self, database: str) -> Home:
        """Return a home of its own for one test."""
        if database not in self._templates:
            self._templates[database] = self._furnish(database)
        template = self._templates[database]
        home = Home(*self._place(database), template.logins)
        shutil.copytree(template.folder, home.folder)
        home.log.unlink()
        if database == "postgresql":
            name, source = (each.url.rpartition("/")[2] for each in (home, template))
            self._ask_cluster(f"CREATE DATABASE {name} TEMPLATE {source}")
        return home

    def empty(self, database: str) -> Home:
        """Return a home that no server has ever seen."""
        home = Home(*self._place(database))
        home.folder.mkdir()
        if database == "postgresql":
            self._ask_cluster(f"CREATE DATABASE {home.url.rpartition('/')[2]}")
        return home

    def close(self) -> None:
        self._ends.close()

    def _place(self, database: str) -> tuple[str, Path]:
        folder = self._folder / f"home-{next(self._numbers)}"
        if database == "sqlite":
            return f"sqlite:///{folder}/kell.db", folder
        return f"{self.cluster}/{folder.name.replace('-', '_')}", folder

    def _ask_cluster(self, statement: str) -> None:
        engine = create_engine(
            normalised(f"{self.cluster}/postgres"),
            poolclass=NullPool,
            isolation_level="AUTOCOMMIT",
        )
        with engine.connect() as connection:
            connection.execute(text(statement))

    def _furnish(self, database: str) -> Home:
        """Start a server once, and add who works there."""
        home = self.empty(database)
        server = Server(home, self.nursery)
        server.start()
        server.wait_until_ready()
        server.stop()
        logins = {"admin": self._login((home.data / "first-login").read_text(encoding="utf-8"))}
        for name, role in (("liisa", "operator"), ("jaan", "operator"), ("mart", "supervisor")):
            logins[name] = self._add(home, name, role)
        # With a second team, whoever is added next is in none, and reaches nothing.
        home.write(
            "INSERT INTO teams (id, name, created_at) VALUES (:id, 'Second line', :at)",
            id="0" * 32,
            at="2026-01-01 00:00:00",
        )
        logins["stranger"] = self._add(home, "stranger", "operator")
        return Home(home.url, home.folder, logins)

    def _add(self, home: Home, name: str, role: str) -> tuple[str, str]:
        log = home.folder / f"add-{name}"
        arguments = ["user", "add", f"{name}@example.org", "--role", role]
        done = self.nursery(arguments, home.environment(), log)
        assert done.is_over(PATIENCE)
        return self._login(log.read_text(encoding="utf-8").splitlines()[-1])

    def _login(self, line: str) -> tuple[str, str]:
        email, password = line.split()
        return email, password


_homes: pytest.StashKey[Homes] = pytest.StashKey()


def homes_of(request: pytest.FixtureRequest) -> Homes:
    """Return this run's homes: tests of browsers and of faults share them."""
    config = request.config
    if _homes not in config.stash:
        factory: pytest.TempPathFactory = request.getfixturevalue("tmp_path_factory")
        config.stash[_homes] = Homes(factory.mktemp("homes"))
        config.add_cleanup(config.stash[_homes].close)
    return config.stash[_homes]


class Postmaster:
    """The PostgreSQL server behind an address, which may die too."""

    def __init__(self, address: str) -> None:
        admin = Home(f"{address}/postgres", Path())
        [(folder,)] = admin.read("SHOW data_directory")
        self._folder = Path(folder)
        self._options = shlex.split((self._folder / "postmaster.opts").read_text())[1:]

    def kill(self) -> None:
        """End it with SIGKILL; those who work for it notice and end too."""
        lines = (self._folder / "postmaster.pid").read_text().splitlines()
        Process(int(lines[0])).kill()

    def start(self) -> None:
        """Start it again, as soon as the last of those who worked for it are gone."""
        wait_until(self._has_started, "PostgreSQL is back")

    def _has_started(self) -> bool:
        options = shlex.join(_without_folder(self._options))
        folder, programs = str(self._folder), clusters._programs()
        log = str(self._folder.parent / "log")
        command = [programs / "pg_ctl", "-D", folder, "-l", log, "-w", "-o", options, "start"]
        try:
            clusters._run(clusters._owner(), *command)
        except RuntimeError:
            return False
        return True


def _without_folder(options: Sequence[str]) -> Iterator[str]:
    """Leave out ``-D <folder>``, which ``pg_ctl`` adds by itself."""
    given = iter(options)
    for option in given:
        if option == "-D":
            next(given)
        else:
            yield option
