"""What visitors' browsers are told about a site: in the loader, in the page, and as it changes."""

import json
import re
import secrets
import time
from datetime import UTC, datetime, timedelta

import brotli
import pytest
import requests
import time_machine
from sqlalchemy import update

from kell.core.realtime.presence import RENEW_EVERY, Lease
from kell.sites.models import Site
from kell.sites.settings import SiteParts
from kell.web.visitor.live import Online
from tests.people import wait_until

HOURS = {
    "always": False,
    "zone": "Europe/Tallinn",
    "week": [[{"opens": "09:00", "closes": "17:00"}]] * 5 + [[], []],
    "holidays": True,
    "country": "EE",
}


@pytest.fixture
def corner(street):
    """The street, and its site left as it was found."""
    yield street
    street.write(lambda tx: tx.session.execute(update(Site).values(parts={}, name="Shop")))


def get(house, path, **headers):
    return requests.get(
        house.base + path, headers={"Accept-Encoding": "identity", **headers}, timeout=40
    )


def launcher(house, query="", **headers):
    script = get(house, f"/widget.js{query}", **headers).text
    return json.loads(re.search(r'\{"site":.*?\}(?=[^"\w])', script)[0])


def page(house, query="", **headers):
    html = get(house, f"/widget/{query}", **headers).text
    block = re.search(r'<script type="application/json" id="kell-site">(.*?)</script></head>', html)
    return json.loads(block[1])


def comes(house, operator):
    """Let an operator be there for a minute."""
    at = datetime.now(UTC)
    house.write(
        lambda tx: tx.session.add(
            Lease(subject=operator.id, process="0" * 32, until=at + timedelta(minutes=1))
        )
    )


def leave(house):
    house.write(lambda tx: tx.session.query(Lease).delete())


def test_a_fresh_site_is_never_closed_and_asks_little(street):
    shown = page(street)
    assert shown["name"] == "Shop"
    assert shown["look"] == {
        "color": "#2a55b5",
        "position": "right",
        "scheme": "auto",
        "photo": None,
    }
    assert shown["online"]["state"] == "away"
    assert [each["id"] for each in shown["fields"]] == ["name", "reach", "email", "phone"]
    assert not any(each["required"] for each in shown["fields"])
    assert shown["texts"] == {}


def test_the_loader_and_the_page_carry_the_look(corner):
    look = {"color": "#2f5d50", "position": "left", "scheme": "dark"}
    corner.set_up_site(name="Lõng & </script>", look=look)
    drawn, shown = launcher(corner), page(corner)
    assert shown["look"] == {**look, "photo": None}
    assert look.items() <= drawn.items()
    assert drawn["name"] == shown["name"] == "Lõng & </script>"
    assert drawn["base"] == corner.base
    assert "photo" not in drawn
    assert "origins" not in drawn


@pytest.mark.parametrize(
    ("query", "wish", "language"),
    [
        ("", "ru-RU,ru;q=0.9,en;q=0.8", "ru"),
        ("", "fr,uk;q=0.5", "uk"),
        ("", "fr", "et"),
        ("?lang=uk", "ru", "uk"),
        ("?lang=fr", "ru", "ru"),
        ("?lang=et-EE", "ru", "et"),
    ],
)
def test_the_language_is_the_pages_the_browsers_or_the_sites(corner, query, wish, language):
    corner.set_up_site(language="et")
    for asked in (launcher, page):
        assert asked(corner, query, **{"Accept-Language": wish})["lang"] == language
    answer = get(corner, "/widget.js")
    assert answer.headers["Vary"] == "Accept-Encoding, Accept-Language"


def test_a_sites_own_words_go_before_ours(corner):
    own = {"et": {"widget.greeting": "Tere, lõngasõber!", "widget.launcher": "Küsi"}}
    corner.set_up_site(texts={**own, "en": {"form.name": "Your name"}})
    drawn = launcher(corner, "?lang=et")
    assert (drawn["title"], drawn["greeting"]) == ("Küsi", "Tere, lõngasõber!")
    assert page(corner, "?lang=et")["texts"] == own["et"]
    assert page(corner, "?lang=en")["fields"][0]["label"] == "Your name"
    assert page(corner, "?lang=ru")["fields"][0]["label"] == "Имя"
    assert "greeting" not in launcher(corner, "?lang=ru")


def test_fields_come_in_the_visitors_language(corner):
    corner.set_up_site(
        topics=[{"id": "order", "labels": {"en": "Order", "et": "Tellimus"}}],
        fields=[
            {"id": "topic", "kind": "topic", "required": True},
            {
                "id": "size",
                "kind": "choice",
                "topics": ["order"],
                "labels": {"et": "Suurus"},
                "options": [{"id": "m", "labels": {"en": "Middle", "et": "Keskmine"}}],
            },
            {
                "id": "terms",
                "kind": "consent",
                "required": True,
                "labels": {"en": "I agree"},
                "policy": {"url": {"en": "https://shop.example/privacy"}, "version": "2"},
            },
        ],
    )
    topic, size, terms = page(corner, "?lang=et")["fields"]
    assert topic["options"] == [{"id": "order", "label": "Tellimus"}]
    assert (size["label"], size["topics"]) == ("Suurus", ["order"])
    assert size["options"] == [{"id": "m", "label": "Keskmine"}]
    assert terms["label"] == "I agree"
    assert terms["policy"] == {"url": "https://shop.example/privacy", "version": "2"}


@pytest.mark.parametrize(
    ("at", "opens", "holiday"),
    [
        ("2026-11-20T16:30:00Z", "2026-11-23T07:00:00.000Z", None),  # Friday 18:30
        ("2026-12-23T16:00:00Z", "2026-12-28T07:00:00.000Z", None),
        ("2026-12-24T10:00:00Z", "2026-12-28T07:00:00.000Z", "jõululaupäev"),
    ],
)
def test_outside_of_hours_it_says_when_it_opens(corner, at, opens, holiday):
    corner.set_up_site(hours=HOURS, language="et")
    comes(corner, corner.admin())
    with time_machine.travel(at, tick=True):
        online = page(corner)["online"]
        assert launcher(corner)["online"] is False
    leave(corner)
    assert (online["state"], online["people"]) == ("closed", [])
    assert (online["next_open"], online["holiday"]) == (opens, holiday)


def test_within_hours_it_shows_who_is_there(corner):
    operator, stranger = corner.operator("Marten"), corner.operator("Darja", teams=[])
    comes(corner, stranger)
    assert page(corner)["online"]["state"] == "away"
    comes(corner, operator)
    online = page(corner)["online"]
    assert online["state"] == "online"
    assert [each["name"] for each in online["people"]] == ["Marten"]
    assert launcher(corner)["online"] is True
    corner.set_up_site(show_people=False)
    online = page(corner)["online"]
    assert (online["state"], online["people"], online["more"]) == ("online", [], 0)
    leave(corner)


def test_of_many_people_some_are_shown(corner):
    for number in range(7):
        comes(corner, corner.operator(f"Person {number}"))
    online = page(corner)["online"]
    assert (len(online["people"]), online["more"]) == (5, 2)
    leave(corner)


def test_only_named_pages_may_frame_it(corner):
    corner.set_up_site(origins=["https://Shop.example/", "https://*.shop.example"])
    policy = get(corner, "/widget/").headers["Content-Security-Policy"]
    wanted = f"frame-ancestors {corner.base} https://shop.example https://*.shop.example"
    assert policy.endswith(wanted)
    assert launcher(corner)["origins"] == ["https://shop.example", "https://*.shop.example"]


def test_whoever_is_connected_hears_who_comes_and_leaves(corner):
    operator = corner.operator()
    socket = corner.visitor().connect()
    assert socket.wait_for("welcome")["online"]["state"] == "away"
    watch = Online(corner.app.extensions["kell"].hub)
    database = corner.app.extensions["kell.db"]
    comes(corner, operator)
    watch.look(database)
    told = socket.wait_for("site.online", lambda online: online["state"] == "online")
    assert [each["name"] for each in told["people"]] == ["Liisa"]
    heard = len(socket.events("site.online"))
    watch.look(database)  # nothing has changed
    leave(corner)
    watch.look(database)
    wait_until(lambda: socket.events("site.online")[-1]["state"] == "away")
    assert len(socket.events("site.online")) <= heard + 2


def test_visitors_are_told_at_once_that_somebody_has_come(house):
    early = house.visitor().connect()
    assert early.wait_for("welcome")["online"]["state"] == "away"
    began = time.monotonic()
    house.operator("Marten").connect().wait_for("welcome")
    told = early.wait_for("site.online", lambda online: online["state"] == "online")
    assert [each["name"] for each in told["people"]] == ["Marten"]
    # The next renewal of all leases would have been enough, but not soon.
    assert time.monotonic() - began < RENEW_EVERY / 2
    assert house.visitor().connect().wait_for("welcome")["online"]["state"] == "online"


def test_a_form_that_changed_meanwhile_is_asked_for_again(corner):
    visitor = corner.visitor()
    corner.set_up_site(fields=[{"id": "name", "kind": "text", "required": True}])
    shown = visitor.post("site.page", lang="uk")
    assert [(each["id"], each["label"]) for each in shown["fields"]] == [("name", "Імʼя")]


def test_the_loader_is_small_with_a_real_sites_settings(corner):
    greeting = "Tere tulemast! Aitame valida lõnga, vardaid ja mustrit. Kirjutage julgelt."
    corner.set_up_site(
        name="Lõng & Lina käsitööpood",
        look={
            "color": "#2f5d50",
            "position": "left",
            "scheme": "dark",
            "picture": secrets.token_hex(16),
        },
        texts={"et": {"widget.greeting": greeting, "widget.launcher": "Küsige meilt nõu"}},
        origins=[f"https://{each}.longjalina.example" for each in ("www", "pood", "kursused")],
    )
    asked = {"Accept-Encoding": "br", "Accept-Language": "et"}
    with requests.get(f"{corner.base}/widget.js", headers=asked, stream=True, timeout=40) as sent:
        assert sent.headers["Content-Encoding"] == "br"
        body = sent.raw.read()
    assert greeting in brotli.decompress(body).decode()
    # The picture's random name is worth 14 bytes up and down.
    assert len(body) <= 2048 - 10


def test_what_was_saved_before_a_new_setting_came_is_still_read():
    assert SiteParts.model_validate({"look": {"color": "#2f5d50"}}).hours.always
