"""How often anyone may try from one address, through every door (CHAT-4)."""

import pytest

from tests import factories
from tests.factories import PASSWORD
from tests.people import Operator, Visitor
from tests.web.knocking import refusal

HERE, THERE = {"X-Forwarded-For": "198.51.100.7"}, {"X-Forwarded-For": "198.51.100.8"}


@pytest.fixture
def proxied(database_url, tmp_path):
    """A house behind a proxy that it trusts: then addresses are told apart."""
    with factories.house(database_url, tmp_path, KELL_TRUSTED_PROXIES="127.0.0.1") as running:
        yield running


def test_who_guesses_tokens_is_stopped_at_both_doors(proxied):
    wrong = {"Authorization": "Bearer " + "A" * 43}
    codes = [
        Visitor(proxied.base, "visitor", {**HERE, **wrong}).post("hello").code for _ in range(21)
    ]
    assert codes == ["unauthenticated"] * 20 + ["rate_limited"]
    token = {"token": "A" * 43}
    assert refusal(proxied.base, "/visitor", token, HERE)["message"] == "rate_limited"
    assert refusal(proxied.base, "/visitor", token, THERE)["message"] == "unauthenticated"


def test_a_right_token_is_let_in_all_the_same(proxied):
    visitor = proxied.visitor()
    visitor.headers |= HERE
    for _ in range(21):
        Visitor(proxied.base, "visitor", {**HERE, "Authorization": "Bearer " + "A" * 43}).post(
            "hello"
        )
    assert visitor.post("hello").status == 200


def test_who_takes_tokens_by_the_hundred_is_stopped(proxied):
    def arrive(headers):
        return Visitor(proxied.base, "visitor", headers).post("session").status

    # How many more depends on how much of a minute the first sixty took.
    assert [arrive(HERE) for _ in range(60)] == [200] * 60
    assert 429 in (arrive(HERE) for _ in range(60))
    assert arrive(THERE) == 200


def test_who_starts_chats_as_many_visitors_is_stopped(proxied):
    limits = proxied.app.extensions["kell.limits"]
    for _ in range(59):
        limits.hit("start_address", "198.51.100.7")
    first, second, elsewhere = proxied.visitor(), proxied.visitor(), proxied.visitor()
    for visitor, headers in ((first, HERE), (second, HERE), (elsewhere, THERE)):
        visitor.headers |= headers
    started = {"start_id": "a" * 20, "client_id": "b" * 20}
    assert first.start("Hello", **started).status == 200
    assert second.start("Hello").code == "rate_limited"
    assert elsewhere.start("Hello").status == 200
    assert first.start("Hello", **started).status == 200


def test_who_tries_many_accounts_is_stopped(proxied):
    def sign_in(headers, number):
        person = Operator(proxied.base, "operator", headers)
        return person.post("login", email=f"{number}@example.org", password=PASSWORD).code

    limits = proxied.app.extensions["kell.limits"]
    for _ in range(29):
        limits.hit("login_address", "198.51.100.7")
    assert [sign_in(HERE, number) for number in range(2)] == ["login_failed", "rate_limited"]
    assert sign_in(THERE, 3) == "login_failed"


def test_whoever_guesses_a_password_shuts_nobody_else_out(proxied):
    def sign_in(headers, password):
        given = {"email": "admin@example.org", "password": password}
        return Operator(proxied.base, "operator", headers).post("login", **given)

    codes = [sign_in(HERE, f"wrong password {each}").code for each in range(11)]
    assert codes == ["login_failed"] * 10 + ["rate_limited"]
    assert sign_in(THERE, PASSWORD).status == 200
    assert sign_in(HERE, PASSWORD).code == "rate_limited"
