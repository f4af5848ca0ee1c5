"""The load: one Node program that speaks Socket.IO frames over bare sockets (``bench/client``)."""

import json
import select
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from bench.servers import Server

CLIENT = Path(__file__).parent / "client" / "main.ts"
PATIENCE = 120.0


class Load:
    """Orders to the program; it does one after the other."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process
        self.pid = process.pid

    def join(
        self,
        server: Server,
        who: str,
        namespace: str,
        auths: Sequence[dict[str, str]],
        *,
        cookie: str | None = None,
        at_once: int = 20,
    ) -> float:
        """Connect sockets, some at a time, to the crowd ``who``; return the seconds."""
        seconds: float = self._ask(
            do="join",
            port=server.port,
            namespace=namespace,
            auths=list(auths),
            cookie=cookie,
            at_once=at_once,
            **{"as": who},
        )["seconds"]
        return seconds

    def speak(self, how: str, **order: Any) -> dict[str, Any]:
        """Let the speakers send, in a ``closed`` or ``open`` loop; return what came of it."""
        return self._ask(do=how, **order)

    def come_back(
        self,
        server: Server,
        herd: Sequence[dict[str, str]],
        others: Sequence[dict[str, str]],
        **talk: Any,
    ) -> dict[str, Any]:
        """Let a herd come back as browsers do while the others, who are first, talk."""
        return self._ask(
            do="come back", port=server.port, herd=list(herd), others=list(others), talk=talk
        )

    def forget(self, who: str) -> None:
        """Let go of a crowd that has lost its server."""
        self._ask(do="forget", **{"as": who})

    def leave(self, who: str) -> None:
        """Hang up; an error if somebody has been thrown out before."""
        self._ask(do="leave", **{"as": who})

    def _ask(self, **order: Any) -> dict[str, Any]:
        if self._process.stdin is None or self._process.stdout is None:
            raise RuntimeError("the load has no ends to talk to")
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        if not select.select([self._process.stdout], [], [], PATIENCE)[0]:
            raise RuntimeError(f"the load didn't answer within {PATIENCE:.0f} s: {order['do']}")
        answer: dict[str, Any] = json.loads(self._process.stdout.readline() or '{"error": "died"}')
        if "error" in answer:
            raise RuntimeError(f"the load failed: {answer['error']}")
        return answer


@contextmanager
def running() -> Iterator[Load]:
    """Start the program; it runs on the core that this process is on."""
    with subprocess.Popen(
        [node(), str(CLIENT)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            yield Load(process)
        finally:
            process.terminate()


@cache
def node() -> str:
    """Return the program itself of the Node that `make` has installed, or of the system's."""
    ours = Path(sys.executable).with_name("node")
    # What lies there is a script that starts it: we would measure, and end, the wrong process.
    ask = [str(ours) if ours.exists() else "node", "-p", "process.execPath"]
    return subprocess.run(ask, capture_output=True, text=True, check=True).stdout.strip()
