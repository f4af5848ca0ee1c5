"""Servers that may die, and a seed from which everything random comes."""

import asyncio
import random
import secrets
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, TypeVar

import pytest

from tests.fault.cluster import DATABASES, Homes, Server, homes_of

T = TypeVar("T")

SEED = pytest.StashKey[int]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--seed", type=int, help="repeat the choices of an earlier run")


def pytest_configure(config: pytest.Config) -> None:
    config.stash[SEED] = config.getoption("--seed") or secrets.randbelow(10**6)


def pytest_report_header(config: pytest.Config) -> str:
    return f"faults: --seed {config.stash[SEED]}"


@pytest.fixture(params=DATABASES)
def database(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def homes(request: pytest.FixtureRequest) -> Homes:
    return homes_of(request)


@pytest.fixture
def rng(request: pytest.FixtureRequest) -> random.Random:
    """Everything random of one test: from the run's seed and the test's name."""
    seed = request.config.stash[SEED]
    print(f"--seed {seed}")
    return random.Random(f"{seed} {request.node.nodeid}")


@pytest.fixture
def serve(homes: Homes) -> Iterator[Callable[..., Server]]:
    """Start servers that end with the test."""
    started: list[Server] = []

    def start(database: str, **more: Any) -> Server:
        server = Server(homes.new(database), more.pop("launch", homes.nursery), **more)
        started.append(server)
        server.start()
        server.wait_until_ready()
        return server

    yield start
    for server in started:
        server.close()
        print("\n".join(server.errors()[-20:]))


@pytest.fixture
def server(serve: Callable[..., Server], database: str) -> Server:
    return serve(database)


@pytest.fixture(scope="session")
def run() -> Callable[[Coroutine[Any, Any, T]], T]:
    """Run a story to its end, on a thread of its own: Playwright's loop may live on this one."""

    def run(story: Coroutine[Any, Any, T]) -> T:
        begun: Future[tuple[asyncio.AbstractEventLoop, asyncio.Task[Any]]] = Future()

        async def tell() -> T:
            task = asyncio.current_task()
            assert task is not None
            begun.set_result((asyncio.get_running_loop(), task))
            return await story

        with ThreadPoolExecutor(1) as thread:
            told = thread.submit(asyncio.run, tell())
            try:
                return told.result()
            finally:
                if not told.done():  # the test was interrupted
                    loop, task = begun.result()
                    loop.call_soon_threadsafe(task.cancel)

    return run
