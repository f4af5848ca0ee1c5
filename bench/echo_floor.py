"""What the library does without us: a bare Flask-SocketIO echo, with its own defaults, on gevent.

A program: ``python -m bench.echo_floor PORT``. It stores nothing and checks nothing.
"""

# ruff: noqa: E402  gevent patches first, as the library's documentation asks

from gevent import monkey

monkey.patch_all()

import sys
from typing import Any

from flask import Flask
from flask_socketio import SocketIO, emit, join_room

app = Flask("echo")
socketio = SocketIO(app, async_mode="gevent")


@app.get("/readyz")
def readyz() -> str:
    """The process answers."""
    return "ready"


@socketio.on("connect")  # type: ignore[untyped-decorator]
def connect(auth: dict[str, Any]) -> None:
    """Join a room of two."""
    join_room(auth["room"])


@socketio.on("message.send")  # type: ignore[untyped-decorator]
def send(message: dict[str, Any]) -> dict[str, Any]:
    """Send it to both in the room, its sender too, and acknowledge it."""
    emit("message", message, to=message["conversation"])
    return message


@socketio.on("message.send.others")  # type: ignore[untyped-decorator]
def send_to_others(message: dict[str, Any]) -> dict[str, Any]:
    """The same without the sender's own copy: as many frames as Kell sends."""
    emit("message", message, to=message["conversation"], include_self=False)
    return message


if __name__ == "__main__":
    socketio.run(app, host="127.0.0.1", port=int(sys.argv[1]))
