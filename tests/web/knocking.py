"""Sockets that are not let in."""

from typing import Any

import pytest
import socketio
from socketio.exceptions import ConnectionError as Refused

from tests.people import PATIENCE, wait_until


def refusal(base: str, namespace: str, auth: Any = None, headers: Any = None) -> Any:
    """Connect, fail, and return what the CONNECT_ERROR carried."""
    heard: list[Any] = []
    client = socketio.Client(reconnection=False)
    client.on("connect_error", heard.append, namespace=namespace)
    try:
        with pytest.raises(Refused):
            client.connect(
                base,
                headers=headers or {},
                auth=auth,
                namespaces=[namespace],
                transports=["websocket"],
                wait_timeout=PATIENCE,
            )
        return wait_until(lambda: heard, "a refusal")[0]
    finally:
        wire = client.eio.ws
        client.disconnect()
        if wire is not None:
            wire.shutdown()
        if client.eio.http is not None:
            client.eio.http.close()
