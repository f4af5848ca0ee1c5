"""A server with nothing but our driver: prints its port, answers questions about itself."""

from gevent import monkey

monkey.patch_all()

import sys
import time
from typing import Any

import gevent
import orjson
import socketio

from kell.core.realtime.websocket import JSON, Limits, close_all, install
from kell.serve import serve

asked: list[str] = []
server = socketio.Server(async_mode="gevent", async_handlers=False, json=JSON)


class Chat(socketio.Namespace):  # type: ignore[misc]
    def on_connect(self, sid: str, environ: Any, auth: Any) -> None:
        self.enter_room(sid, (auth or {}).get("room", "hall"))


def app(environ: Any, start_response: Any) -> list[bytes]:
    _, action, *arguments = environ["PATH_INFO"].split("/")
    match action:
        case "flood":
            room, count, size = arguments[0], int(arguments[1]), int(arguments[2])
            for number in range(count):
                # A packet of its own each time: nothing is shared between those that wait.
                server.emit("blob", [number, "x" * size], to=room, namespace="/chat")
                gevent.sleep(0)
        case "wait":
            asked.append(action)
            gevent.sleep(3600)
        case "stubborn":
            asked.append(action)
            while True:
                try:
                    gevent.sleep(3600)
                except gevent.GreenletExit:
                    continue
    body = orjson.dumps({"sockets": len(server.eio.sockets), "asked": asked})
    start_response("200 OK", [("Content-Length", str(len(body)))])
    return [body]


def drain() -> None:
    server.emit("drain", {"delay": 1}, namespace="/chat")
    if "stuck-drain" in sys.argv:
        gevent.sleep(3600)
    if "busy-drain" in sys.argv:
        end = time.monotonic() + 30
        while time.monotonic() < end:
            pass
    close_all(server)


server.register_namespace(Chat("/chat"))
install(server, Limits())
serve(
    socketio.WSGIApp(server, app),
    "127.0.0.1",
    0,
    on_listening=lambda port: print(port, flush=True),
    drain=drain,
)
print("returned", flush=True)
