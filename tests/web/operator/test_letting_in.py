"""Invitations, forgotten passwords, another password, the first set-up."""

import re
from datetime import timedelta
from email import message_from_bytes, policy

import pytest

from kell.accounts import first_login, links
from kell.accounts.models import AccountLink
from tests.factories import PASSWORD
from tests.people import Operator, Person, wait_until

NEW = "a whole new password"


def mails_to(house, address):
    """Return the mails that were kept for somebody, by subject and text."""
    folder = house.app.extensions["kell"].config.data / "mail"
    kept = [
        message_from_bytes(each.read_bytes(), policy=policy.default)
        for each in folder.glob("*.eml")
    ]
    return [each for each in kept if address in each["To"]]


def link_in(mail):
    return re.search(r"#link=(\S+)", mail.get_content())[1]


def mailed(house, address, count=1):
    """Return the link of the newest mail, once there are so many."""
    found = wait_until(lambda: (m := mails_to(house, address)) and len(m) == count and m, "a mail")
    found.sort(key=lambda each: each["Message-ID"])
    return link_in(found[-1])


def anyone(house):
    return Person(house.base, "operator", {})


def invite(house, admin=None, email="mari@example.org", **more):
    given = {"email": email, "name": "Mari", "role": "operator", "teams": [house.team], **more}
    return (admin or house.admin()).post("people.invite", **given)


def test_who_is_invited_comes_in_by_the_link_once(house):
    made = invite(house)["person"]
    assert (made["invited"], made["teams"]) == (True, [house.team])
    link = mailed(house, "mari@example.org")
    about = anyone(house).post("link", link=link)
    assert about.body == {"kind": "invitation", "name": "Mari", "email": "mari@example.org"}
    entered = anyone(house).post("link/use", link=link, password=NEW, name="Mari Mets")
    assert entered["operator"]["name"] == "Mari Mets"
    cookie = entered.headers["Set-Cookie"].split(";", maxsplit=1)[0]
    assert Person(house.base, "operator", {"Cookie": cookie}).post("hello").code is None
    assert Operator.sign_in(house.base, "Mari@example.org", NEW).id == made["id"]
    for door, more in (("link", {}), ("link/use", {"password": NEW})):
        refused = anyone(house).post(door, link=link, **more)
        assert (refused.status, refused.code) == (410, "link_expired")
    (row,) = [e for e in house.admin().post("people.list")["people"] if e["id"] == made["id"]]
    assert not row["invited"]


def test_before_that_no_password_lets_them_in(house):
    invite(house)
    for password in ("x", PASSWORD):
        refused = anyone(house).post("login", email="mari@example.org", password=password)
        assert refused.code == "login_failed"


def test_an_email_that_is_known_is_not_invited(house):
    refused = invite(house, email="ADMIN@example.org")
    assert refused.body == {"error": {"code": "email_taken", "field": "email"}}


def test_another_invitation_ends_the_first(house):
    admin = house.admin()
    made = invite(house, admin)["person"]
    first = mailed(house, "mari@example.org")
    admin.post("people.invite_again", operator=made["id"])
    second = mailed(house, "mari@example.org", 2)
    assert first != second
    assert anyone(house).post("link", link=first).code == "link_expired"
    assert anyone(house).post("link/use", link=second, password=NEW).code is None
    again = admin.post("people.invite_again", operator=made["id"])
    assert again.code == "not_found"  # she has come


@pytest.mark.parametrize("why", ["old", "disabled", "forged"])
def test_a_link_that_opens_nothing(house, why):
    admin = house.admin()
    made = invite(house, admin)["person"]
    link = mailed(house, "mari@example.org")
    if why == "old":

        def age(tx):
            for each in tx.session.query(AccountLink):
                each.expires_at -= timedelta(days=8)

        house.write(age)
    elif why == "disabled":
        admin.post("people.disable", operator=made["id"])
    else:
        link = link[:-2] + ("AA" if link[-2:] != "AA" else "BB")
    assert anyone(house).post("link", link=link).code == "link_expired"
    assert anyone(house).post("link/use", link=link, password=NEW).code == "link_expired"


def test_a_forgotten_password_is_replaced_and_everybody_signed_out(house):
    invite(house)
    email = "mari@example.org"
    anyone(house).post("link/use", link=mailed(house, email), password=NEW)
    mari = Operator.sign_in(house.base, email, NEW)
    socket = mari.connect()
    assert anyone(house).post("forgot", email="Mari@Example.org").body == {}
    reset = mailed(house, email, 2)
    assert anyone(house).post("link", link=reset)["kind"] == "reset"
    changed = anyone(house).post("link/use", link=reset, password=PASSWORD, name="Not I")
    assert changed["operator"]["name"] == "Mari"
    socket.wait_for("session.ended")
    assert mari.post("hello").code == "unauthenticated"
    assert anyone(house).post("login", email=email, password=NEW).code == "login_failed"
    assert Operator.sign_in(house.base, email, PASSWORD).id == mari.id


def test_nobody_learns_who_has_an_account(house):
    known, unknown = (
        anyone(house).post("forgot", email=email)
        for email in ("admin@example.org", "x@example.org")
    )
    assert (known.status, known.body) == (unknown.status, unknown.body) == (200, {})
    mailed(house, "admin@example.org")
    assert mails_to(house, "x@example.org") == []


def test_forgetting_too_often_is_limited_whoever_it_is(house):
    for email in ("admin@example.org", "x@example.org"):
        codes = [anyone(house).post("forgot", email=email).code for _ in range(4)]
        assert codes == [None, None, None, "rate_limited"]


def test_no_log_holds_a_link_or_an_address(house, caplog):
    with caplog.at_level("DEBUG", logger="kell"):
        invite(house)
        link = mailed(house, "mari@example.org")
        anyone(house).post("link/use", link=link, password=NEW)
    assert link not in caplog.text
    assert NEW not in caplog.text
    assert "mari@" not in caplog.text
    entries = str(house.admin().post("audit.list").body)
    assert link not in entries


def test_the_log_of_mails_says_what_left(house):
    admin = house.admin()
    invite(house, admin)
    mailed(house, "mari@example.org")
    page = wait_until(
        lambda: (p := admin.post("mails.list"))["mails"][0]["state"] == "sent" and p, "sent"
    )
    (mail,) = page["mails"]
    assert (mail["to"], mail["kind"], mail["tries"]) == ("mari@example.org", "invitation", 1)
    assert mail["sent_at"] is not None
    assert (page["next"], page["ready"]) == (None, False)


def test_another_password_signs_out_the_other_browsers(house):
    liisa = house.operator("Liisa")
    email = liisa.get("/api/operator/me")["operator"]["email"]
    other = Operator.sign_in(house.base, email, PASSWORD).connect()
    changed = liisa.send("/api/operator/password", {"present": PASSWORD, "new": NEW})
    other.wait_for("session.ended")
    assert liisa.post("hello").code == "unauthenticated"
    cookie = changed.headers["Set-Cookie"].split(";", maxsplit=1)[0]
    assert Person(house.base, "operator", {"Cookie": cookie}).post("hello").code is None
    assert Operator.sign_in(house.base, email, NEW).id == liisa.id


def test_who_does_not_know_the_present_password_changes_nothing(house):
    liisa = house.operator("Liisa")
    refused = liisa.send("/api/operator/password", {"present": "wrong", "new": NEW})
    assert refused.body == {"error": {"code": "login_failed", "field": "present"}}
    assert liisa.post("hello").code is None
    short = liisa.send("/api/operator/password", {"present": PASSWORD, "new": "short"})
    assert (short.code, short.body["error"]["field"]) == ("invalid", "new")


def test_the_first_login_is_replaced_by_ones_own(house):
    data = house.app.extensions["kell"].config.data
    first_login.offer(data, "admin@example.org")
    admin = house.admin()
    assert admin.post("hello")["operator"]["setup"]
    given = {"name": "Ülle", "email": "ylle@shop.example", "password": NEW}
    answer = admin.send("/api/operator/setup", given)
    assert (answer["operator"]["name"], answer["operator"]["setup"]) == ("Ülle", False)
    assert first_login.kept(data) is None
    again = Operator.sign_in(house.base, "ylle@shop.example", NEW)
    assert again.send("/api/operator/setup", given).code == "forbidden"


def test_links_last_as_long_as_their_mails_say():
    assert {"invitation": timedelta(days=7), "reset": timedelta(hours=2)} == links.LASTS
