"""A program that starts servers in no time: it imports Kell once, and each server is its fork.

It reads one order a line, JSON with ``arguments``, ``environment``, ``log`` and ``broken``, and
answers with the pid. When its input ends, it takes its servers with it.
"""

from gevent import monkey

monkey.patch_all()

import json
import os
import signal
import sys
import traceback
from contextlib import suppress
from typing import Any, NoReturn

import gevent
import psycopg  # noqa: F401  else each server loads its driver by itself

from kell.app import main

# gevent's own fork would start a loop here, to watch for the child's end.
fork = monkey.get_original("os", "fork")


def serve_orders() -> None:
    """Start what is asked for until nobody asks any more."""
    # The children are nobody's to wait for: the system buries them.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    pids: list[int] = []
    print("ready", flush=True)
    for line in sys.stdin:
        order = json.loads(line)
        pid = fork()
        if pid == 0:
            _become(order)
        pids.append(pid)
        print(pid, flush=True)
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def _become(order: dict[str, Any]) -> NoReturn:
    code: Any = 1
    try:
        gevent.reinit()
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        _redirect(order["log"])
        os.environ.clear()
        os.environ.update(order["environment"])
        if order["broken"]:
            from tests.fault import broken

            broken.break_it(order["broken"])
        sys.argv = ["kell", *order["arguments"]]
        main()
    except SystemExit as end:
        code = end.code or 0
    except BaseException:  # noqa: BLE001  it must not come back into the loop above
        traceback.print_exc()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def _redirect(log: str) -> None:
    nothing = os.open(os.devnull, os.O_RDONLY)
    file = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    for number, to in ((0, nothing), (1, file), (2, file)):
        os.dup2(to, number)


if __name__ == "__main__":
    serve_orders()
