"""Keeps out of a server's memory what its libraries load in case somebody wants it."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

# Tracebacks in colours, clients of the protocol that we serve: 16 MB, and nobody asks for them. And
# Redis's client: 4 MB more, which whoever has one loads later.
UNUSED = ("redis", "requests", "rich", "websocket")


@contextmanager
def spared() -> Iterator[None]:
    """Let imports go on as if these weren't installed: to the libraries they are optional."""
    absent = [each for each in UNUSED if each not in sys.modules]
    sys.modules.update(dict.fromkeys(absent))  # type: ignore[arg-type]  # None: not to be found
    try:
        yield
    finally:
        for each in absent:
            del sys.modules[each]
