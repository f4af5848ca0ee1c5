"""The end of a process, as browsers hear it."""

from typing import Annotated

import gevent
from pydantic import Field
from socketio import Server

from kell.core.realtime.websocket import close_all
from kell.core.wire import Shape

SPREAD = 5.0
HEARD_WITHIN = 0.2


class Drain(Shape):
    """This process stops: connect again after a random time of up to ``delay`` seconds."""

    delay: Annotated[float, Field(ge=0)]


def say_farewell(server: Server) -> None:
    """Tell every socket to come back, spread over some seconds, and close it."""
    goodbye = Drain(delay=SPREAD).model_dump(mode="json")
    for namespace in ("/visitor", "/operator"):
        server.emit("drain", goodbye, namespace=namespace)
    gevent.sleep(HEARD_WITHIN)
    close_all(server)
