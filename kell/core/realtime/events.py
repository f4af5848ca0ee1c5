"""What happens most often, taken past engineio and python-socketio: events and their answers.

The libraries' own way there and back costs as much as the database's part of a message. What they
know of sockets, namespaces and rooms is theirs alone; everything else still goes through them.
"""

import logging
import re
from collections.abc import Sequence

import socketio

from kell.core.realtime.backlog import Ready
from kell.core.realtime.driver import WebSocket
from kell.core.realtime.frames import text_frame
from kell.core.realtime.packets import JSON, is_event

log = logging.getLogger(__name__)

# Engine.IO's message that holds Socket.IO's event: the namespace, and the number of its answer.
_EVENT = re.compile(r"42(/[^,?]+),(\d{1,9})?(?=\[)")


class Events:
    """Runs the events that come over a server's sockets, and answers them."""

    def __init__(self, server: socketio.Server) -> None:
        self._server = server

    def take(self, driver: WebSocket, packet: str) -> bool:
        """Run a packet if it is an event in good order; say whether it was."""
        head = _EVENT.match(packet)
        if head is None:
            return False
        namespace, number = head.groups()
        handler = self._server.namespace_handlers.get(namespace)
        manager = self._server.manager
        sid = manager.sid_from_eio_sid(driver.sid, namespace)
        if handler is None or not manager.is_connected(sid, namespace):
            return False
        try:
            data = JSON.loads(packet[head.end() :])
        except ValueError:
            return False
        if not is_event(data):
            return False
        try:
            answer = handler.trigger_event(data[0], sid, *data[1:])
        except Exception:
            log.exception("the handler of an event failed")
            return True
        if number is not None:
            said = JSON.encode([] if answer is None else [answer])
            driver.answer(text_frame(f"43{namespace},{number}".encode() + said))
        return True


def emit(
    server: socketio.Server,
    namespace: str,
    rooms: Sequence[str],
    event: str,
    data: object,
    *,
    skip: str | None = None,
) -> None:
    """Send an event to everybody in the rooms but ``skip``, as a frame that is made once."""
    ready: Ready | None = None
    for sid, eio_sid in server.manager.get_participants(namespace, rooms):
        socket = server.eio.sockets.get(eio_sid)
        if sid == skip or socket is None or socket.closed:
            continue
        if ready is None:
            ready = Ready(text_frame(f"42{namespace},".encode() + JSON.encode([event, data])))
        socket.queue.put(ready)
