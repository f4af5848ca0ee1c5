"""Lists, opening and search in databases of a thousand to a million conversations."""

import http.client
import json
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from statistics import quantiles
from threading import Event, Thread
from time import perf_counter
from typing import Any

import psycopg
from psycopg import sql

from bench.house import Bench
from bench.measure import Measure
from bench.servers import HOST, Server

SIZES = (1_000, 100_000, 1_000_000)
SIZES_POSTGRESQL = (1_000, 100_000)
PASSWORD = "a past that never was"  # noqa: S105  of a bench's database
PEOPLE = 12
ROUNDS = 40
DEEP = 10
VIEWS = ("mine", "team", "queue", "all", "closed")
# What is said often, seldom, by a beginning, never together, in Cyrillic, and people.
QUESTIONS = (
    "tel", "order", "telimused", "orderingness", "заказ", "вовнюва достав", "or", "te", "карт",
    "tel заказ", "order вовн достав", "#100010", "100990", "Mari", "visitor17@example.org",
    "Õie Mägi", "колір питан карт", "dahlia", "kirmiga telmiga", "ask refund pay",
)  # fmt: skip


@dataclass
class Caller:
    """An operator with a connection of their own that stays open."""

    connection: http.client.HTTPConnection
    cookie: str

    def ask(self, command: str, **given: Any) -> tuple[float, Any]:
        """Run a command; return milliseconds and the answer."""
        headers = {"Content-Type": "application/json", "Cookie": self.cookie}
        body = json.dumps(given)
        begun = perf_counter()
        self.connection.request("POST", f"/api/operator/{command}", body, headers)
        response = self.connection.getresponse()
        said = response.read()
        took = (perf_counter() - begun) * 1000
        if response.status != http.HTTPStatus.OK:
            raise RuntimeError(f"{command} answered {response.status}: {said[:200]!r}")
        return took, json.loads(said)


@dataclass
class Times:
    """Milliseconds by what was asked."""

    by_name: dict[str, list[float]] = field(default_factory=dict)

    def add(self, name: str, took: float) -> None:
        self.by_name.setdefault(name, []).append(took)

    def share(self, prefix: str, percent: int) -> float:
        """Return a percentile of all whose name begins so."""
        every = [
            each
            for name, times in self.by_name.items()
            if name.startswith(prefix)
            for each in times
        ]
        return quantiles(every, n=100)[percent - 1]


def measure(bench: Bench) -> list[Measure]:
    """Fill databases of each size on both stores, and ask them what operators ask."""
    found: list[Measure] = []
    for store, sizes in (("SQLite", SIZES), ("PostgreSQL", SIZES_POSTGRESQL)):
        small: Times | None = None
        for size in sizes:
            if store == "SQLite":
                home, url = bench.kept(f"past-{size}"), None
            else:
                home, url = bench.home(), _new_database(bench, f"past_{size}")
            spent = seeded(home, size, url)
            with bench.kell(home, url) as server:
                times = sample(server)
            small = small or times
            found += _measures(_Place(store, size), times, small, spent)
    return found


def _new_database(bench: Bench, name: str) -> str:
    with psycopg.connect(f"{bench.cluster}/postgres", autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    return f"{bench.cluster}/{name}"


def seeded(home: Path, size: int, url: str | None) -> dict[str, float]:
    """Return how long filling the database took: now, or when ``home`` was filled before."""
    spent = home / "seeded.json"
    if not spent.exists():
        # Half a past from a run that was broken off is none.
        shutil.rmtree(home)
        home.mkdir()
        spent.write_text(json.dumps(seed(home, size, url)), encoding="utf-8")
    found: dict[str, float] = json.loads(spent.read_text(encoding="utf-8"))
    return found


def seed(home: Path, size: int, url: str | None) -> dict[str, float]:
    """Run the seeder, in a process of its own that gevent has patched."""
    more = ["--database-url", url] if url else []
    command = [sys.executable, "-m", "bench.seed", "--conversations", str(size), *more]
    done = subprocess.run(
        [*command, "--data", str(home)], check=True, capture_output=True, text=True
    )
    spent: dict[str, float] = json.loads(done.stdout)
    return spent


def sample(server: Server) -> Times:
    """Ask as an operator of one team and as a supervisor, cold pages and warm ones alike."""
    times = Times()
    with ExitStack() as stack:
        callers = {
            role: cycle([_sign_in(stack, server, role, number) for number in range(PEOPLE)])
            for role in ("operator", "supervisor")
        }
        ids: list[str] = []
        for role, view in ((role, view) for role in callers for view in VIEWS):
            for _ in range(ROUNDS):
                ids += _pages(next(callers[role]), times, f"inbox {role} {view}", view)
        chance = random.Random(7)  # noqa: S311  no secret
        for conversation in chance.sample(sorted(set(ids)), min(300, len(set(ids)))):
            took, _ = next(callers["supervisor"]).ask(
                "conversation.open", conversation=conversation
            )
            times.add("open", took)
        for question in QUESTIONS * (ROUNDS // 8):
            for role, group in callers.items():
                took, _ = next(group).ask("inbox.search", q=question)
                times.add(f"search {role} {question}", took)
        _search_beside(callers, times)
    return times


def _pages(caller: Caller, times: Times, name: str, view: str) -> list[str]:
    """Ask for the first page and a few after it; return who stands there."""
    ids, after = [], None
    for page in range(DEEP):
        took, answer = caller.ask("inbox.list", view=view, after=after)
        if page in (0, 1, DEEP - 1):
            times.add(f"{name} {page + 1}", took)
        ids += [row["id"] for row in answer["rows"]]
        after = answer["next"]
        if after is None:
            break
    return ids


def _search_beside(callers: Mapping[str, Iterator[Caller]], times: Times) -> None:
    """Time small questions while somebody else searches without a pause."""
    stop = Event()
    searching = next(callers["supervisor"])

    def search() -> None:
        for question in cycle(QUESTIONS):
            if stop.is_set():
                break
            searching.ask("inbox.search", q=question)

    other = Thread(target=search)
    asker = next(callers["operator"])
    for _ in range(ROUNDS * 2):
        times.add("beside nobody", asker.ask("hello")[0])
    other.start()
    try:
        for _ in range(ROUNDS * 2):
            times.add("beside search", asker.ask("hello")[0])
    finally:
        stop.set()
        other.join()


def _sign_in(stack: ExitStack, server: Server, role: str, number: int) -> Caller:
    connection = stack.enter_context(
        closing(http.client.HTTPConnection(HOST, server.port, timeout=60))
    )
    body = json.dumps({"email": f"{role}{number}@example.org", "password": PASSWORD})
    connection.request("POST", "/api/operator/login", body, {"Content-Type": "application/json"})
    response = connection.getresponse()
    response.read()
    return Caller(connection, response.headers["Set-Cookie"].partition(";")[0])


@dataclass(frozen=True)
class _Place:
    """Where something was measured."""

    store: str
    size: int

    def name(self, what: str) -> str:
        tail = "" if self.store == "SQLite" else f"_{self.store.lower()}"
        return f"{what}_{self.size}{tail}"

    @property
    def on(self) -> str:
        return f"{self.size:,} conversations on {self.store}"


# What is asked for, and the most that 95 of 100 may take.
KINDS = {
    "inbox": ("a page of the inbox, every view, the first and the tenth page", 20.0),
    "open": ("opening a chat", 20.0),
    "search": ("search, of common and rare words, beginnings and people", 150.0),
    "beside nobody": ("a small question of another operator", None),
    "beside search": ("the same while somebody searches without a pause", None),
}


def _measures(
    place: _Place, times: Times, small: Times, spent: Mapping[str, float]
) -> list[Measure]:
    found = []
    for kind, (about, most) in KINDS.items():
        name = kind.replace(" ", "_")
        found += [
            Measure(
                name=place.name(f"{name}_ms_p{share}"),
                unit="ms",
                runs=[times.share(kind, share)],
                about=f"{about}, p{share}, {place.on}",
                table="lists",
                at_most=most if share == 95 else None,
            )
            for share in (50, 95)
        ]
        if kind in ("inbox", "open") and times is not small:
            found.append(
                Measure(
                    name=place.name(f"{name}_growth"),
                    unit="x",
                    runs=[times.share(kind, 95) / small.share(kind, 95)],
                    about=f"{about}: p95 as a multiple of that at {SIZES[0]:,}, {place.on}",
                    table="lists",
                    at_most=1.5,
                )
            )
    found.append(
        Measure(
            name=place.name("seed_s"),
            unit="s",
            runs=[sum(spent.values())],
            about=f"filling the database and its index, {place.on}",
            table="lists",
            at_most=600.0,
        )
    )
    return found
