"""What an admin does with sites."""

import io
from datetime import UTC, datetime

import pytest
import requests
import time_machine
from PIL import Image
from sqlalchemy import func, select

from kell.sites.models import SiteOrigin
from tests.people import Visitor

FIELDS = {
    "look": {"color": "#2f5d50", "position": "left", "scheme": "dark"},
    "texts": {"et": {"widget.greeting": "Tere!"}},
    "show_people": False,
    "phone_country": "EE",
}


@pytest.fixture
def admin(house):
    return house.admin()


@pytest.fixture
def site(admin):
    (found,) = admin.post("site.list")["sites"]
    return found


def save(admin, site, revision=1, **changes):
    return admin.post("site.save", site=site["id"], revision=revision, changes=changes)


def test_what_was_saved_is_what_is_read_and_the_rest_stays(admin, site):
    saved = save(admin, site, **FIELDS)
    again = save(admin, site, 2, name="Lõng & Lina")
    read = admin.post("site.get", site=site["id"])
    assert (saved["revision"], again["revision"]) == (2, 3)
    assert read.body == again.body
    settings = read["settings"]
    assert settings["name"] == "Lõng & Lina"
    assert settings["texts"] == FIELDS["texts"]
    assert (settings["show_people"], settings["phone_country"]) == (False, "EE")
    assert settings["look"]["color"] == "#2f5d50"
    assert settings["hours"]["always"] is True


def test_of_two_admins_the_second_is_told_and_nothing_is_lost(house, admin, site):
    other = house.operator(role="admin")
    seen = [each.post("site.get", site=site["id"])["revision"] for each in (admin, other)]
    assert save(admin, site, seen[0], name="First").status == 200
    late = save(other, site, seen[1], name="Second", show_people=False)
    assert (late.status, late.body) == (409, {"error": {"code": "conflict"}})
    read = other.post("site.get", site=site["id"])
    assert read["settings"]["name"] == "First"
    assert read["settings"]["show_people"] is True
    assert save(other, site, read["revision"], show_people=False)["settings"]["name"] == "First"


def test_a_new_site_has_a_key_and_a_line_to_paste(house, admin, site):
    made = admin.post("site.create", name="Kursused", language="et")
    assert made["key"] != site["key"]
    assert made["script"].startswith("<script async src=")
    assert made["script"].endswith(f'/widget.js?site={made["key"]}"></script>')
    assert [each["name"] for each in admin.post("site.list")["sites"]] == ["Shop", "Kursused"]
    visitor = Visitor.arrive(house.base, made["key"])
    assert visitor.start("Tere")["conversation"]


def test_a_site_with_chats_stays(house, admin, site):
    house.visitor().start("Hello")
    refused = admin.post("site.remove", site=site["id"])
    assert (refused.status, refused.code) == (409, "site_in_use")
    empty = admin.post("site.create", name="Empty")
    assert admin.post("site.remove", site=empty["id"]).status == 200
    assert admin.post("site.get", site=empty["id"]).status == 404
    assert admin.post("site.remove", site=empty["id"]).status == 404


def test_the_audit_log_tells_who_changed_what(admin, site):
    save(admin, site, name="Lõng & Lina", show_people=False)
    made = admin.post("site.create", name="Kursused")
    admin.post("site.remove", site=made["id"])
    removed, created, saved = admin.post("audit.list")["entries"][:3]
    acts = [(each["action"], each["subject"]) for each in (saved, created, removed)]
    assert acts == [
        ("site.saved", "Lõng & Lina"),
        ("site.created", "Kursused"),
        ("site.removed", "Kursused"),
    ]
    assert [each["field"] for each in saved["changes"]] == ["name", "show_people"]


WEEK = [[{"opens": "09:00", "closes": "17:00"}]] * 5 + [[], []]
NINE = {"opens": "9", "closes": "17:00"}
POLICY = {"url": {"en": "https://shop.example/privacy"}, "version": "1"}
WRONG = [
    ("changes.look.color", {"look": {"color": "red"}}),
    ("changes.look.color", {"look": {"color": "#7c7c7c"}}),
    ("changes.look.position", {"look": {"position": "top"}}),
    ("changes.look.picture", {"look": {"picture": "../../etc/passwd"}}),
    ("changes.look.person", {"look": {"person": "0" * 32}}),
    ("changes.team", {"team": "0" * 32}),
    ("changes.topics.0.team", {"topics": [{"id": "a", "labels": {"en": "A"}, "team": "0" * 32}]}),
    ("changes.topics", {"topics": [{"id": "a", "labels": {"en": "A"}}] * 2}),
    ("changes.fields", {"fields": [{"id": "name", "kind": "text"}] * 2}),
    ("changes.fields", {"fields": [{"id": "name", "kind": "text", "topics": ["gone"]}]}),
    ("changes.fields.0", {"fields": [{"id": "name", "kind": "email"}]}),
    ("changes.fields.0", {"fields": [{"id": "own", "kind": "text"}]}),
    ("changes.fields.0", {"fields": [{"id": "own", "kind": "reach", "labels": {"en": "A"}}]}),
    ("changes.fields.0", {"fields": [{"id": "own", "kind": "choice", "labels": {"en": "A"}}]}),
    ("changes.fields.0", {"fields": [{"id": "own", "kind": "consent", "labels": {"en": "A"}}]}),
    ("changes.fields.0", {"fields": [{"id": "name", "kind": "text", "policy": POLICY}]}),
    ("changes.fields.0.id", {"fields": [{"id": "Own Field", "kind": "text"}]}),
    ("changes.texts", {"texts": {"et": {"panel.login.title": "Tere"}}}),
    ("changes.texts", {"texts": {"et": {"widget.greeting": "Tere, {{name}}!"}}}),
    ("changes.origins.0", {"origins": ["shop.example"]}),
    ("changes.origins.0", {"origins": ["javascript:alert(1)"]}),
    ("changes.origins.0", {"origins": ["https://*"]}),
    ("changes.origins.0", {"origins": ["https://a.example; script-src *"]}),
    ("changes.hours.zone", {"hours": {"zone": "Mars/Olympus"}}),
    ("changes.hours", {"hours": {"zone": "UTC", "holidays": True}}),
    ("changes.hours", {"hours": {"zone": "UTC", "country": "EE", "subdivision": "37"}}),
    ("changes.hours", {"hours": {"exceptions": [{"day": "2026-12-24"}] * 2}}),
    ("changes.hours.week", {"hours": {"week": WEEK[:6]}}),
    (
        "changes.hours.week.0.0.opens",
        {"hours": {"week": [[{"opens": "9", "closes": "17:00"}], *WEEK[1:]]}},
    ),
    ("changes.hours.exceptions.0.day", {"hours": {"exceptions": [{"day": "2026-02-30"}]}}),
    ("changes.phone_country", {"phone_country": "ZZ"}),
    ("changes.name", {"name": " "}),
    ("changes.language", {"language": "fr"}),
]


@pytest.mark.parametrize(("field", "changes"), WRONG)
def test_what_is_wrong_is_named_and_nothing_is_written(street, field, changes):
    admin = street.admin()
    site = admin.post("site.list")["sites"][0]
    refused = save(admin, site, site_revision(admin, site), **changes)
    assert (refused.status, refused.body) == (
        400,
        {"error": {"code": "invalid", "field": field}},
    )
    assert site_revision(admin, site) == 1


def site_revision(admin, site):
    return admin.post("site.get", site=site["id"])["revision"]


def test_origins_are_written_as_browsers_write_them(admin, site):
    pasted = ["https://Shop.example/pages/?a=1", "http://localhost:3000", "https://õun.example:443"]
    saved = save(admin, site, origins=[*pasted, "https://*.shop.example"])
    assert saved["settings"]["origins"] == [
        "https://shop.example",
        "http://localhost:3000",
        "https://xn--un-bka.example",
        "https://*.shop.example",
    ]


def test_a_preview_is_what_a_visitor_would_get(admin, site):
    hours = {"always": False, "zone": "Europe/Tallinn", "week": [[]] * 7}
    changes = {"name": "Plan", "hours": hours, "texts": {"et": {"widget.greeting": "Tere!"}}}
    shown = admin.post("site.preview", site=site["id"], changes=changes, lang="et")
    assert (shown["name"], shown["lang"]) == ("Plan", "et")
    assert shown["texts"] == {"widget.greeting": "Tere!"}
    assert (shown["online"]["state"], shown["online"]["next_open"]) == ("closed", None)
    assert admin.post("site.get", site=site["id"])["settings"]["name"] == "Shop"
    refused = admin.post("site.preview", site=site["id"], changes={"look": {"color": "#7c7c7c"}})
    assert refused.body == {"error": {"code": "invalid", "field": "changes.look.color"}}


def test_hours_say_what_they_mean(street):
    hours = {"always": False, "zone": "Europe/Tallinn", "week": WEEK, "holidays": True}
    with time_machine.travel(datetime(2026, 12, 23, 8, tzinfo=UTC), tick=True):
        admin = street.admin()
        within = admin.post("site.when", hours={**hours, "country": "EE"}, lang="et")
    assert (within["open"], within["next_open"]) == (True, None)
    assert within["closes"] == "2026-12-23T15:00:00.000Z"
    assert within["holidays"][0] == {"day": "2026-12-24", "name": "jõululaupäev"}
    assert [each["day"] for each in within["holidays"]][3:] == ["2027-01-01", "2027-02-24"]
    with time_machine.travel(datetime(2026, 12, 24, 8, tzinfo=UTC), tick=True):
        admin = street.admin()
        off = admin.post("site.when", hours={**hours, "country": "EE"}, lang="en")
    assert (off["open"], off["holiday"]) == (False, "Christmas Eve")
    assert off["next_open"] == "2026-12-28T07:00:00.000Z"
    always = street.admin().post("site.when", hours={})
    assert (always["open"], always["closes"], always["holidays"]) == (True, None, [])


def test_holidays_of_a_country_are_listed(street):
    admin = street.admin()
    days = admin.post("site.holidays", country="DE", subdivision="BY", lang="en", year=2026)["days"]
    assert {"day": "2026-01-06", "name": "Epiphany"} in days
    assert admin.post("site.holidays", country="XX", year=2026).body == {
        "error": {"code": "invalid", "field": "country"}
    }


def test_choices_hold_what_a_visitor_reads_and_nothing_of_the_panel(street):
    choices = street.admin().post("site.choices")
    assert "Europe/Tallinn" in choices["zones"]
    assert choices["texts"]["et"]["form.name"] == "Nimi"
    assert not any(key.startswith(("panel.", "mail.")) for key in choices["texts"]["et"])
    germany = next(each for each in choices["countries"] if each["code"] == "DE")
    assert "BY" in germany["subdivisions"]


class TestWhetherItIsInstalled:
    def seen(self, house, key, referrer):
        headers = {"Referer": referrer} if referrer else {}
        requests.get(f"{house.base}/widget.js?site={key}", headers=headers, timeout=40)

    def written(self, house):
        running = house.app.extensions["kell"]
        running.sightings.write(house.app.extensions["kell.db"])

    def test_never_then_seen_then_only_where_it_may_not_be(self, house, admin, site):
        assert site["installed"] == {"state": "never", "at": None, "origin": None}
        self.seen(house, site["key"], "https://shop.example/blankets?id=5")
        self.written(house)
        found = admin.post("site.get", site=site["id"])["installed"]
        assert (found["state"], found["origin"]) == ("ok", "https://shop.example")
        save(admin, site, origins=["https://other.example"])
        found = admin.post("site.list")["sites"][0]["installed"]
        assert (found["state"], found["origin"]) == ("wrong_origin", "https://shop.example")
        self.seen(house, site["key"], "https://other.example/")
        self.written(house)
        found = admin.post("site.list")["sites"][0]["installed"]
        assert (found["state"], found["origin"]) == ("ok", "https://other.example")

    def test_a_page_that_hides_its_address_counts(self, house, admin, site):
        self.seen(house, site["key"], None)
        self.written(house)
        found = admin.post("site.get", site=site["id"])["installed"]
        assert (found["state"], found["origin"]) == ("ok", None)

    def test_invented_pages_fill_nothing(self, house, admin, site):
        for number in range(30):
            self.seen(house, site["key"], f"https://{number}.example/")
        self.seen(house, site["key"], "https://<script>/")
        self.written(house)
        counted = select(func.count()).select_from(SiteOrigin)
        assert house.read(lambda session: session.scalar(counted)) == 20


class TestPictures:
    def upload(self, person, body, kind="image/png"):
        headers = {**person.headers, "Content-Type": kind}
        url = f"{person.base}/api/operator/pictures"
        return requests.post(url, data=body, headers=headers, timeout=40)

    def file(self, side=300, **more):
        made = io.BytesIO()
        Image.new("RGB", (side, side), "#2f5d50").save(made, "PNG", **more)
        return made.getvalue()

    def test_an_uploaded_logo_is_on_the_launcher(self, house, admin, site):
        kept = self.upload(admin, self.file()).json()
        save(admin, site, look={"picture": kept["id"]})
        assert f'"photo":"{kept["url"]}"' in requests.get(f"{house.base}/widget.js").text
        shown = requests.get(house.base + kept["url"], timeout=40)
        assert shown.headers["Content-Type"] == "image/webp"
        assert shown.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert shown.headers["X-Content-Type-Options"] == "nosniff"
        assert shown.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert "default-src 'none'" in shown.headers["Content-Security-Policy"]
        assert Image.open(io.BytesIO(shown.content)).size == (256, 256)

    def test_a_colleagues_photo_can_be_the_launchers(self, house, admin, site):
        save(admin, site, look={"person": admin.id})
        assert '"photo"' not in requests.get(f"{house.base}/widget.js").text

    def test_a_megabyte_is_read_and_not_a_byte_more(self, street):
        admin = street.admin()
        picture = self.file()
        assert self.upload(admin, picture.ljust(1024 * 1024)).status_code == 200
        for size in (1024 * 1024 + 1, 3 * 1024 * 1024):
            refused = self.upload(admin, picture.ljust(size))
            assert (refused.status_code, refused.json()) == (413, {"error": {"code": "too_large"}})

    @pytest.mark.parametrize("kind", ["image/svg+xml", "text/html", "multipart/form-data", ""])
    def test_other_kinds_are_refused_by_name(self, street, kind):
        refused = self.upload(street.admin(), self.file(), kind)
        error = {"code": "invalid", "field": "Content-Type"}
        assert (refused.status_code, refused.json()) == (400, {"error": error})

    def test_what_only_says_that_it_is_a_picture_is_refused(self, street):
        refused = self.upload(street.admin(), b"<script>alert(1)</script>")
        assert (refused.status_code, refused.json()) == (400, {"error": {"code": "no_picture"}})

    @pytest.mark.parametrize("name", ["x", "0" * 64, "0" * 64 + ".webp", "..%2fkell.db"])
    def test_nothing_else_is_a_picture(self, street, name):
        assert requests.get(f"{street.base}/pictures/{name}", timeout=40).status_code == 404
