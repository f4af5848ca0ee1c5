"""Visitors and an operator, made through the doors that real ones use."""

import http.client
import json
import secrets
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.servers import HOST, Server

AT_ONCE = 16


@dataclass(frozen=True)
class Visitor:
    """Somebody with a token and an open chat."""

    token: str
    conversation: str


def arrive(server: Server, count: int) -> list[Visitor]:
    """Let visitors come and start their chats, some at a time."""
    shares = [count // AT_ONCE + (lane < count % AT_ONCE) for lane in range(AT_ONCE)]
    with ThreadPoolExecutor(AT_ONCE) as lanes:
        return [each for part in lanes.map(lambda n: _some(server, n), shares) for each in part]


def sign_in(server: Server, data: Path) -> str:
    """Sign the first operator in, who reaches every chat; return the cookie."""
    email, password = (data / "first-login").read_text(encoding="utf-8").split()
    with closing(_connection(server)) as connection:
        answer = _post(connection, "/api/operator/login", {"email": email, "password": password})
    return answer.headers["Set-Cookie"].partition(";")[0]


@dataclass(frozen=True)
class _Answer:
    body: Any
    headers: http.client.HTTPMessage


def _some(server: Server, count: int) -> list[Visitor]:
    with closing(_connection(server)) as connection:
        return [_one(connection) for _ in range(count)]


def _one(connection: http.client.HTTPConnection) -> Visitor:
    token = _post(connection, "/api/visitor/session", {}).body["token"]
    start = {"start_id": secrets.token_hex(12), "client_id": secrets.token_hex(12), "text": "Hello"}
    begun = _post(connection, "/api/visitor/chat.start", start, token)
    return Visitor(token, begun.body["conversation"])


def _connection(server: Server) -> http.client.HTTPConnection:
    return http.client.HTTPConnection(HOST, server.port, timeout=30)


def _post(
    connection: http.client.HTTPConnection, path: str, body: dict[str, Any], token: str = ""
) -> _Answer:
    headers = {"Content-Type": "application/json"}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    connection.request("POST", path, json.dumps(body), headers)
    response = connection.getresponse()
    said = response.read()
    if response.status != http.HTTPStatus.OK:
        raise RuntimeError(f"{path} answered {response.status}: {said[:200]!r}")
    return _Answer(json.loads(said), response.headers)
