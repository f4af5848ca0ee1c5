"""Who a visitor is: proven by the site's server, claimed by a page, forgotten on leaving."""

import hmac
import time
from datetime import UTC, datetime, timedelta

import gevent
import jwt
import pytest
import requests
from socketio.exceptions import ConnectionError as Refused

from kell.core.security.tokens import digest
from kell.customers import actions as customers
from kell.sites.identity import signed
from tests.people import Visitor, wait_until

SOON = 600


@pytest.fixture
def shop(house):
    """A house whose site has a secret."""
    house.key = house.set_up_site(phone_country="EE")
    admin = house.admin()
    house.site = admin.post("site.list")["sites"][0]["id"]
    house.secret = admin.post("site.secret", site=house.site)["secret"]
    return house


def token(shop, subject="42", *, secret=None, without=(), algorithm="HS256", **more):
    claims = {"sub": subject, "aud": shop.key, "exp": int(time.time()) + SOON, **more}
    claims = {key: value for key, value in claims.items() if key not in without}
    return jwt.encode(claims, secret or shop.secret, algorithm=algorithm)


def unsigned(shop):
    claims = {"sub": "42", "aud": shop.key, "exp": int(time.time()) + SOON}
    return jwt.encode(claims, None, algorithm="none")


def is_let_in(visitor):
    try:
        return visitor.connect().connected
    except Refused:
        return False


def hashed(shop, user, expires=None, secret=None):
    expires = int(time.time()) + SOON if expires is None else expires
    words = signed(shop.key, user, expires)
    made = hmac.digest((secret or shop.secret).encode(), words, "sha256").hex()
    return {"user": user, "expires": expires, "hash": made}


def become(visitor, **given):
    """Identify as the widget does: a token in the answer replaces one's own."""
    answer = visitor.post("identify", **given)
    if answer.code is None and answer["token"]:
        visitor.token = answer["token"]
        visitor.headers = {"Authorization": f"Bearer {visitor.token}"}
    return answer


def card(shop, visitor):
    return shop.admin().post("conversation.open", conversation=visitor.conversation)["visitor"]


@pytest.mark.parametrize("kind", ["token", "hash"])
def test_whoever_is_proven_finds_the_chat_of_another_device(shop, kind):
    phone, laptop = shop.visitor(), shop.visitor()
    user = {"id": "42", "name": "Kadri", "email": "Kadri@Example.org", "phone": "5555 0123"}

    def proof():
        if kind == "hash":
            return hashed(shop, user)
        return {"token": token(shop, **{key: user[key] for key in ("name", "email", "phone")})}

    assert become(phone, **proof())["verified"] is True
    phone.start("Where is my order?")
    assert become(laptop, **proof())["verified"] is True
    found = laptop.post("hello")["conversation"]["id"]
    assert found == phone.conversation
    laptop.conversation = found
    assert laptop.texts() == ["Where is my order?"]
    laptop.say("I am on the laptop now")
    assert phone.texts() == ["Where is my order?", "I am on the laptop now"]
    shown = card(shop, phone)
    assert (shown["verified"], shown["user_id"]) == (True, "42")
    assert (shown["name"], shown["email"]) == ("Kadri", "Kadri@example.org")
    assert shown["phone"] == "+37255550123"


def test_a_chat_that_began_before_comes_along(shop):
    known, newcomer = shop.visitor(), shop.visitor()
    become(known, token=token(shop))
    known.start("First")
    newcomer.start("Second", form={"name": "Mari"})
    operator = shop.operator()
    before = operator.post("conversation.open", conversation=newcomer.conversation)
    become(newcomer, token=token(shop))
    assert newcomer.texts() == ["Second"]
    assert newcomer.say("Third").status == 200
    known.conversation = newcomer.conversation
    assert known.texts() == ["Second", "Third"]
    after = operator.post("conversation.open", conversation=newcomer.conversation)
    assert after["rev"] > before["rev"]
    assert after["visitor"]["verified"] is True
    assert after["visitor"]["name"] == "Mari"


def test_to_be_proven_again_changes_nothing(shop):
    visitor = shop.visitor()
    become(visitor, token=token(shop))
    again = visitor.post("identify", token=token(shop, name="Mari"))
    assert again.body == {"verified": True, "token": None}


def test_whoever_knew_the_token_before_is_nobody_afterwards(shop):
    visitor = shop.visitor()
    visitor.start("Hello")
    overheard = Visitor(shop.base, "visitor", dict(visitor.headers), token=visitor.token)
    listening = overheard.connect()
    listening.wait_for("welcome")
    become(visitor, token=token(shop))
    assert overheard.post("hello").status == 401
    wait_until(lambda: not listening.connected)
    assert not is_let_in(overheard)


FORGED = {
    "another secret": lambda shop: {"token": token(shop, secret="x" * 43)},
    "another site": lambda shop: {"token": token(shop, aud="another")},
    "no algorithm": lambda shop: {"token": unsigned(shop)},
    "another algorithm": lambda shop: {"token": token(shop, algorithm="HS512", secret="x" * 64)},
    "no subject": lambda shop: {"token": token(shop, without=["sub"])},
    "an empty subject": lambda shop: {"token": token(shop, " ")},
    "no expiry": lambda shop: {"token": token(shop, without=["exp"])},
    "no audience": lambda shop: {"token": token(shop, without=["aud"])},
    "not yet": lambda shop: {"token": token(shop, nbf=int(time.time()) + 900)},
    "no token": lambda _shop: {"token": "x.y.z"},
    "an empty token": lambda _shop: {"token": ""},
    "a cut token": lambda shop: {"token": token(shop)[:-3]},
}


@pytest.mark.parametrize("forgery", FORGED)
def test_a_forged_token_finds_nothing(shop, forgery):
    known, stranger = shop.visitor(), shop.visitor()
    become(known, token=token(shop))
    known.start("A secret")
    refused = become(stranger, **FORGED[forgery](shop))
    assert (refused.status, refused.body) == (
        400,
        {"error": {"code": "invalid", "field": "token"}},
    )
    assert stranger.post("hello")["conversation"] is None


@pytest.mark.parametrize(
    "changed",
    [
        {"hash": "0" * 64},
        {"hash": ""},
        {"hash": "õ" * 64},
        {"expires": 2**39},
        {"expires": None},
        {"user": {"id": "43"}},
        {"user": {"id": "42", "email": "other@example.org"}},
        {"user": {"id": "42\n", "name": "x"}},
    ],
)
def test_a_forged_hash_finds_nothing(shop, changed):
    visitor = shop.visitor()
    refused = become(visitor, **{**hashed(shop, {"id": "42"}), **changed})
    assert refused.status == 400
    assert refused.body["error"]["field"] == "hash"


def test_a_hash_of_another_sites_secret_finds_nothing(shop):
    refused = become(shop.visitor(), **hashed(shop, {"id": "42"}, secret="x" * 43))
    assert refused.body == {"error": {"code": "invalid", "field": "hash"}}


def test_what_is_too_old_is_said_to_be(shop):
    ago = int((datetime.now(UTC) - timedelta(minutes=1)).timestamp())
    for old in ({"token": token(shop, exp=ago)}, hashed(shop, {"id": "42"}, expires=ago)):
        refused = become(shop.visitor(), **old)
        assert (refused.status, refused.code) == (401, "identity_expired")


def test_a_new_secret_ends_what_was_signed_with_the_old_one(shop):
    old = token(shop)
    again = shop.admin().post("site.secret", site=shop.site)
    assert again["secret"] == shop.secret
    renewed = shop.admin().post("site.secret", site=shop.site, renew=True)
    assert renewed["secret"] != shop.secret
    assert become(shop.visitor(), token=old).body["error"]["field"] == "token"
    assert become(shop.visitor(), token=token(shop, secret=renewed["secret"]))["verified"]
    assert shop.secret not in str(shop.admin().post("audit.list").body)


def test_without_a_secret_nothing_is_proven(house):
    house.key, house.secret = house.set_up_site(), ""
    visitor = house.visitor()
    assert visitor.post("identify", token="x.y.z").body["error"]["field"] == "token"
    proof = hashed(house, {"id": "42"}, secret="x")
    assert visitor.post("identify", **proof).body["error"]["field"] == "hash"


def test_the_same_person_on_another_site_is_another_visitor(shop):
    admin = shop.admin()
    other = admin.post("site.create", name="Other")
    secret = admin.post("site.secret", site=other["id"])["secret"]
    here, there = shop.visitor(), Visitor.arrive(shop.base, other["key"])
    become(here, token=token(shop))
    here.start("Hello")
    assert become(there, token=token(shop)).status == 400
    become(there, token=token(shop, aud=other["key"], secret=secret))
    assert there.post("hello")["conversation"] is None


class TestWhatAPageClaims:
    def test_it_is_shown_as_unproven_and_finds_nothing(self, shop):
        known, claiming = shop.visitor(), shop.visitor()
        become(known, token=token(shop, email="kadri@example.org"))
        known.start("A secret")
        user = {"id": "42", "name": "Kadri", "email": "kadri@example.org"}
        answer = become(claiming, user=user)
        assert answer.body == {"verified": False, "token": None}
        assert claiming.post("hello")["conversation"] is None
        claiming.start("Hello")
        shown = card(shop, claiming)
        assert (shown["verified"], shown["user_id"]) == (False, "42")
        assert (shown["name"], shown["email"]) == ("Kadri", "kadri@example.org")

    def test_it_does_not_undo_a_proof_nor_change_what_was_proven(self, shop):
        visitor = shop.visitor()
        become(visitor, token=token(shop, email="kadri@example.org"))
        become(visitor, user={"id": "1", "email": "other@example.org", "name": "Mari"})
        visitor.start(form={"email": "third@example.org"})
        shown = card(shop, visitor)
        assert (shown["verified"], shown["user_id"]) == (True, "42")
        assert (shown["email"], shown["name"]) == ("kadri@example.org", "Mari")

    def test_contact_details_that_cannot_be_used_are_left_out(self, shop):
        visitor = shop.visitor()
        become(visitor, user={"id": "7", "email": "nobody", "phone": "12"})
        visitor.start()
        shown = card(shop, visitor)
        assert (shown["user_id"], shown["email"], shown["phone"]) == ("7", None, None)

    def test_nobody_is_refused(self, shop):
        assert shop.visitor().post("identify").body["error"]["field"] == "user"


class TestLeaving:
    def test_nothing_is_left_on_a_shared_computer(self, shop):
        visitor = shop.visitor()
        visitor.start("A secret")
        tabs = [visitor.connect() for _ in range(2)]
        for tab in tabs:
            tab.wait_for("welcome")
        assert tabs[0].call("logout").body == {}
        wait_until(lambda: not any(tab.connected for tab in tabs))
        operator = shop.operator()
        operator.say(visitor.conversation, "An answer")
        assert not any(tab.events("conversation.changed") for tab in tabs)
        assert visitor.sync().status == 401
        assert not is_let_in(visitor)

    def test_over_plain_http_too(self, shop):
        visitor = shop.visitor()
        assert visitor.post("logout").status == 200
        assert visitor.post("logout").status == 401

    def test_who_waits_for_news_hears_none(self, shop):
        visitor = shop.visitor()
        visitor.start("Hello")
        rev = visitor.sync()["rev"]
        hub = shop.app.extensions["kell"].hub
        waiting = {}

        def wait():
            url = f"{shop.base}/api/visitor/changes"
            asked = {"conversation": visitor.conversation, "after": rev}
            headers = visitor.headers
            waiting["answer"] = requests.get(url, params=asked, headers=headers, timeout=40)

        greenlet = gevent.spawn(wait)
        author = visitor.post("hello")["visitor"]
        wait_until(lambda: hub.waiting_in("/visitor", f"visitor:{author}"))
        assert visitor.post("logout").status == 200
        greenlet.join(timeout=10)
        assert waiting["answer"].status_code == 401

    def test_other_devices_stay(self, shop):
        phone, laptop = shop.visitor(), shop.visitor()
        become(phone, token=token(shop))
        become(laptop, token=token(shop))
        laptop.post("logout")
        assert phone.post("hello").status == 200
        assert laptop.post("hello").status == 401

    def test_the_next_person_on_the_same_computer_is_another(self, shop):
        visitor = shop.visitor()
        become(visitor, token=token(shop))
        visitor.start("Hers")
        left_behind = dict(visitor.headers)
        become(visitor, token=token(shop, "43"))
        assert visitor.post("hello")["conversation"] is None
        assert Visitor(shop.base, "visitor", left_behind).post("hello").status == 401


def test_a_token_that_ended_in_another_process_ends_the_sockets_here(shop):
    visitor = shop.visitor()
    tab = visitor.connect()
    tab.wait_for("welcome")

    def end_elsewhere(tx):
        customers.end_token(tx, digest(visitor.token))
        tx.frames.clear()  # the other process has sent them

    shop.write(end_elsewhere)
    wait_until(lambda: not tab.connected)
