"""Who sends: a page of ours, a page of somebody else's, or a program."""

from contextlib import closing
from http.client import HTTPConnection

import pytest
import requests

from tests.factories import PASSWORD
from tests.people import Operator, fresh_id
from tests.web.knocking import refusal

HANDSHAKE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}
FOREIGN = [
    "https://evil.example",
    "null",
    "http://127.0.0.1",
    "https://127.0.0.1:1",
    "http://localhost",
]


def post(operator, command, headers, **given):
    person = Operator(operator.base, "operator", {**operator.headers, **headers})
    return person.post(command, **given)


def shake_hands(operator, origin):
    """Begin a WebSocket as a browser does on a page of ``origin``; return the status and body."""
    with closing(HTTPConnection(operator.base.removeprefix("http://"), timeout=40)) as connection:
        headers = {**operator.headers, **HANDSHAKE, "Origin": origin}
        connection.request("GET", "/socket.io/?EIO=4&transport=websocket", headers=headers)
        with connection.getresponse() as response:
            return response.status, response.read() if response.status >= 400 else b""


@pytest.mark.parametrize("origin", FOREIGN)
def test_another_page_cannot_use_an_operators_cookie(street, origin):
    operator, visitor = street.operator(), street.visitor()
    visitor.start("Hello")
    refused = post(
        operator,
        "message.send",
        {"Origin": origin},
        conversation=visitor.conversation,
        client_id=fresh_id(),
        text="Send me your password",
    )
    assert (refused.status, refused.code) == (403, "foreign_origin")
    assert visitor.texts() == ["Hello"]


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_not_even_when_it_hides_its_origin(street, site):
    operator = street.operator()
    refused = post(operator, "inbox.list", {"Sec-Fetch-Site": site})
    assert (refused.status, refused.code) == (403, "foreign_origin")


def test_another_page_cannot_sign_anybody_in_or_out(street):
    operator = street.operator()
    foreign = {"Origin": "https://evil.example"}
    given = {"email": "admin@example.org", "password": PASSWORD}
    for refused in (
        Operator(street.base, "operator", foreign).post("login", **given),
        post(operator, "logout", foreign),
    ):
        assert (refused.status, refused.code) == (403, "foreign_origin")
        assert "Set-Cookie" not in refused.headers
    assert operator.post("inbox.list").status == 200


def test_another_page_cannot_listen(street):
    status, body = shake_hands(street.operator(), "https://evil.example")
    assert (status, body) == (403, b'{"error":{"code":"foreign_origin"}}')


def test_not_even_when_the_browser_says_only_where_it_comes_from(street):
    operator = street.operator()
    refused = refusal(
        street.base, "/operator", headers={**operator.headers, "Sec-Fetch-Site": "cross-site"}
    )
    assert refused["message"] == "foreign_origin"


def test_our_own_pages_and_programs_are_let_in(street):
    operator = street.operator()
    ours = {"Origin": street.base, "Sec-Fetch-Site": "same-origin"}
    assert post(operator, "inbox.list", ours).status == 200
    assert shake_hands(operator, street.base) == (101, b"")


def test_a_visitors_token_is_proof_enough_wherever_it_comes_from(street):
    visitor = street.visitor()
    visitor.headers["Origin"] = "https://shop.example"
    assert visitor.start("Hello").status == 200


def test_no_other_page_may_read_the_answers(street):
    preflight = requests.options(
        f"{street.base}/api/operator/inbox.list",
        headers={"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"},
        timeout=40,
    )
    assert "Access-Control-Allow-Origin" not in preflight.headers
    answer = street.operator().get("/api/operator/me")
    assert "Access-Control-Allow-Origin" not in answer.headers
