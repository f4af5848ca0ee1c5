"""An operator signs in and out."""

import pytest
import requests
from sqlalchemy import select

from kell.accounts import actions as accounts
from kell.accounts import people
from kell.accounts.models import Operator as OperatorRow
from kell.core.db import Model
from kell.core.security.tokens import digest
from tests.factories import PASSWORD
from tests.people import Operator, wait_until
from tests.web.knocking import refusal

EMAIL = "admin@example.org"


def sign_in(house, email=EMAIL, password=PASSWORD):
    return Operator(house.base, "operator", {}).post("login", email=email, password=password)


def test_who_signs_in_is_told_who_they_are(house):
    answer = sign_in(house)
    me = answer["operator"]
    assert (me["email"], me["role"]) == (EMAIL, "admin")
    assert house.admin().get("/api/operator/me")["operator"] == me


def test_the_cookie_is_out_of_reach_of_scripts_and_of_other_sites(street):
    cookie = sign_in(street).headers["Set-Cookie"]
    name, *attributes = [part.strip() for part in cookie.split(";")]
    assert name.startswith("__Host-kell=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(attributes)


def test_the_e_mail_may_be_written_in_any_case(street):
    assert sign_in(street, "  Admin@Example.ORG ").status == 200


@pytest.mark.parametrize(
    ("email", "password"),
    [
        (EMAIL, PASSWORD + "r"),
        (EMAIL, PASSWORD.upper()),
        ("nobody@example.org", PASSWORD),
        ("no address", PASSWORD),
    ],
)
def test_what_was_wrong_is_not_told(street, email, password):
    refused = sign_in(street, email, password)
    assert (refused.status, refused.body) == (401, {"error": {"code": "login_failed"}})
    assert "Set-Cookie" not in refused.headers


def test_too_many_wrong_passwords_are_stopped_even_before_the_right_one(house):
    codes = [sign_in(house, password=f"wrong password {each}").code for each in range(11)]
    assert codes == ["login_failed"] * 10 + ["rate_limited"]
    refused = sign_in(house)
    assert (refused.status, refused.code) == (429, "rate_limited")
    assert 0 < refused.body["error"]["retry_after"] <= 16.5 * 60
    assert int(refused.headers["Retry-After"]) > 0


def test_a_right_password_forgives_the_wrong_ones(house):
    for _ in range(3):
        for each in range(4):
            assert sign_in(house, password=f"wrong password {each}").code == "login_failed"
        assert sign_in(house).status == 200


@pytest.mark.parametrize("cookie", ["", "__Host-kell=", "__Host-kell=x", "__Host-kell=" + "A" * 43])
def test_nobody_gets_in_without_a_session(street, cookie):
    stranger = Operator(street.base, "operator", {"Cookie": cookie})
    refused = stranger.post("inbox.list")
    assert (refused.status, refused.code) == (401, "unauthenticated")
    assert stranger.get("/api/operator/me").body == {"operator": None}


def test_after_signing_out_the_cookie_is_dead(street):
    operator = street.operator()
    answer = operator.post("logout")
    assert (answer.status, answer.body) == (200, {})
    assert "Max-Age=0" in answer.headers["Set-Cookie"]
    refused = operator.post("logout")
    assert (refused.status, refused.code) == (401, "unauthenticated")
    assert operator.get("/api/operator/me").body == {"operator": None}


def test_signing_in_anew_ends_the_session_that_the_browser_had(street):
    """Nobody is left signed in by a cookie that no browser holds any more."""
    operator = street.operator("Liisa")
    socket = operator.connect()
    email = operator.get("/api/operator/me")["operator"]["email"]
    again = operator.post("login", email=email, password=PASSWORD)
    assert again.status == 200
    socket.wait_for("session.ended")
    assert operator.post("hello").code == "unauthenticated"
    cookie = again.headers["Set-Cookie"].split(";")[0]
    now_here = Operator(street.base, "operator", {"Cookie": cookie})
    assert len(now_here.post("sessions.list")["sessions"]) == 1


def test_signing_out_ends_the_sockets_of_this_browser_alone(street):
    liisa = street.operator("Liisa")
    phone = Operator.sign_in(
        street.base, liisa.get("/api/operator/me")["operator"]["email"], PASSWORD
    )
    first, second, elsewhere = liisa.connect(), liisa.connect(), phone.connect()
    liisa.post("logout")
    for socket in (first, second):
        socket.wait_for("session.ended")
        wait_until(lambda socket=socket: not socket.connected, "the socket has ended")
    visitor = street.visitor()
    visitor.start("Hello")
    elsewhere.wait_for("conversation.changed")
    assert elsewhere.connected
    assert [each["id"] for each in first.events("conversation.changed")] == []


def test_who_is_disabled_is_out_at_once_and_for_good(street):
    liisa = street.operator("Liisa")
    email = liisa.get("/api/operator/me")["operator"]["email"]
    socket = liisa.connect()
    street.write(lambda tx: people.disable_operator(tx, liisa.id))
    socket.wait_for("session.ended")
    wait_until(lambda: not socket.connected, "the socket has ended")
    assert liisa.post("inbox.list").code == "unauthenticated"
    refused = refusal(street.base, "/operator", headers=liisa.headers)
    assert refused["message"] == "unauthenticated"
    assert sign_in(street, email).body == {"error": {"code": "login_failed"}}


def test_a_new_password_ends_every_session_of_its_owner(street):
    liisa = street.operator("Liisa")
    socket = liisa.connect()
    street.write(lambda tx: accounts.change_password(tx, liisa.id, "another hash"))
    socket.wait_for("session.ended")
    assert liisa.post("inbox.list").code == "unauthenticated"


def test_the_database_keeps_neither_password_nor_cookie(house):
    secret = house.admin().headers["Cookie"].partition("=")[2]

    def everything(session):
        tables = Model.metadata.sorted_tables
        return " ".join(str(row) for table in tables for row in session.execute(select(table)))

    stored = house.read(everything)
    assert digest(secret) in stored
    assert secret not in stored
    assert PASSWORD not in stored
    assert house.read(lambda session: session.scalar(select(OperatorRow.password_hash))) in stored


def test_a_form_of_another_site_cannot_sign_anybody_in(street):
    body = f'{{"email": "{EMAIL}", "password": "{PASSWORD}"}}'
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data"):
        response = requests.post(
            f"{street.base}/api/operator/login",
            data=body,
            headers={"Content-Type": kind},
            timeout=40,
        )
        assert response.status_code == 400
        assert response.json() == {"error": {"code": "invalid", "field": "Content-Type"}}
