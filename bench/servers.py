"""Servers on a core of their own, started as anybody would start them, on loopback."""

import http.client
import os
import random
import secrets
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep

from bench.cores import Cores

HOST = "127.0.0.1"
ROOT = Path(__file__).parent.parent
# Below the range from which the system takes ports for outgoing connections.
PORTS = range(20_000, 32_000)
METRICS_TOKEN = secrets.token_urlsafe()
STARTS_WITHIN = 60.0
STOPS_WITHIN = 15.0
LOOKS_EVERY = 0.005


@dataclass(frozen=True)
class Server:
    """A process that serves."""

    pid: int
    port: int
    start_seconds: float
    """From the command to the first 200 of ``/readyz``."""


@contextmanager
def kell(
    cores: Cores,
    folder: Path,
    database_url: str,
    port: int | None,
    more: Mapping[str, str],
) -> Iterator[Server]:
    """Run the real ``kell serve`` with its defaults and a page of metrics, from ``folder``."""
    port = port or free_port()
    settings = {
        "KELL_DATA": str(folder),
        "KELL_DATABASE_URL": database_url,
        "HOST": HOST,
        "PORT": str(port),
        "KELL_METRICS_TOKEN": METRICS_TOKEN,
        **more,
    }
    program = Path(sys.executable).with_name("kell")
    with _running(cores, [str(program), "serve"], settings, port, folder / "log") as server:
        yield server


@contextmanager
def echo_floor(cores: Cores, folder: Path) -> Iterator[Server]:
    """Run the bare echo."""
    port = free_port()
    command = [sys.executable, "-m", "bench.echo_floor", str(port)]
    with _running(cores, command, {}, port, folder / "echo-log") as server:
        yield server


def free_port() -> int:
    """Return a port that nobody uses, and that nobody gets by chance."""
    while True:
        port = random.choice(PORTS)  # noqa: S311  no secret
        with socket.socket() as probe, suppress(OSError):
            probe.bind((HOST, port))
            return port


@contextmanager
def _running(
    cores: Cores, command: Sequence[str], settings: Mapping[str, str], port: int, log: Path
) -> Iterator[Server]:
    # Settings of the shell that started us must not change what is measured.
    inherited = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    begun = monotonic()
    with log.open("ab") as file:
        process = subprocess.Popen(
            ["taskset", "--cpu-list", str(cores.server), *command],
            cwd=ROOT,
            env={**inherited, **settings},
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=subprocess.STDOUT,
        )
    try:
        _wait(process, port, log)
        yield Server(process.pid, port, monotonic() - begun)
    finally:
        _stop(process)


def _wait(process: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    deadline = monotonic() + STARTS_WITHIN
    while monotonic() < deadline and process.poll() is None:
        if _is_ready(port):
            return
        sleep(LOOKS_EVERY)
    said = log.read_text(encoding="utf-8", errors="replace")[-2000:]
    raise RuntimeError(f"the server didn't start:\n{said}")


def _is_ready(port: int) -> bool:
    connection = http.client.HTTPConnection(HOST, port, timeout=STARTS_WITHIN)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == http.HTTPStatus.OK
    except OSError:
        return False
    finally:
        connection.close()


def _stop(process: "subprocess.Popen[bytes]") -> None:
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(STOPS_WITHIN)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
