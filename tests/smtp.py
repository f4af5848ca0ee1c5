"""A real SMTP server on loopback that keeps what it takes."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import gevent
from gevent.server import StreamServer


@dataclass
class Mailbox:
    """What has arrived. ``refuse`` answers every recipient with that code."""

    url: str = ""
    mails: list[EmailMessage] = field(default_factory=list)
    refuse: int | None = None
    tries: int = 0


@contextmanager
def mailbox() -> Iterator[Mailbox]:
    """Take mails until the test ends (RFC 5321, as far as smtplib speaks it)."""
    box = Mailbox()
    server = StreamServer(("127.0.0.1", 0), lambda connection, _address: _talk(connection, box))
    server.start()
    box.url = f"smtp://127.0.0.1:{server.server_port}"
    try:
        yield box
    finally:
        server.stop(timeout=1)


def _talk(connection: socket.socket, box: Mailbox) -> None:
    with connection, connection.makefile("rwb") as lines, suppress(OSError, gevent.GreenletExit):

        def say(text: str) -> None:
            lines.write(f"{text}\r\n".encode())
            lines.flush()

        say("220 test")
        for line in lines:
            command = line[:4].upper()
            if command == b"RCPT":
                box.tries += 1
                say(f"{box.refuse} no" if box.refuse else "250 ok")
            elif command == b"DATA":
                say("354 go on")
                box.mails.append(_letter(lines))
                say("250 kept")
            elif command == b"QUIT":
                say("221 bye")
                return
            else:
                say("250 ok")


def _letter(lines: Any) -> EmailMessage:
    body = b""
    for line in lines:
        if line == b".\r\n":
            break
        body += line.removeprefix(b".") if line.startswith(b"..") else line
    letter = message_from_bytes(body, policy=policy.default)
    assert isinstance(letter, EmailMessage)
    return letter
