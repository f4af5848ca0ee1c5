"""Whoever was away, for a second or for hours, sees what the database holds."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from tests import people
from tests.browser.conftest import Opened
from tests.browser.street import WORDS, Operator, Street, Visitor
from tests.browser.test_phone import PHONE
from tests.browser.wire import Wire
from tests.fault.cluster import wait_until

# Where no socket survives: the server hangs up on who is silent for longer.
DEAF_AFTER = 25
MINUTE, HOUR = 60, 3600
AWAY = (
    (1, "unplugged", "sqlite"),
    (1, "silent", "postgresql"),
    (30, "silent", "sqlite"),
    (10 * MINUTE, "unplugged", "postgresql"),
    (10 * MINUTE, "silent", "sqlite"),
    (3 * HOUR, "unplugged", "sqlite"),
    (3 * HOUR, "silent", "postgresql"),
)


@dataclass
class Absence:
    """A browser that goes away for some seconds: its network fails, and time passes everywhere."""

    street: Street
    wire: Wire
    seconds: float
    how: str

    def page(self, **options: object) -> Page:
        """Return an empty tab whose time can be moved."""
        page = self.street.someone(**options)
        page.clock.install()
        return page

    def begin(self, page: Page) -> None:
        """Take the network away: the browser knows of it, or believes that all is well."""
        if self.how == "unplugged":
            page.context.set_offline(True)
        else:
            self.wire.hang()

    def end(self, page: Page) -> None:
        """Let the time pass, and give the network back."""
        (self.street.server.home.folder / "moved").write_text(str(self.seconds))
        if self.seconds > DEAF_AFTER:
            self.wire.cut()
        self.wire.mend()
        # As after sleep: what was due meanwhile happens now, once.
        page.clock.fast_forward(int(self.seconds * 1000))
        page.context.set_offline(False)


@pytest.fixture(params=AWAY, ids=lambda case: "-".join(map(str, case)))
def absence(request: pytest.FixtureRequest, opened: Opened) -> Iterator[Absence]:
    seconds, how, database = request.param
    with opened(database, broken="moved_clock") as street:
        street.outages_are_meant = True
        wire = Wire(street.server.port)
        yield Absence(street, wire, seconds, how)
        wire.close()


def test_an_operator_sees_in_chat_and_lists_what_the_database_holds(absence: Absence) -> None:
    server = absence.street.server
    mart, liisa = (_colleague(absence.street, name) for name in ("mart", "liisa"))
    anna, boris, clara, dora, emil = (_chat(absence.street, each) for each in _FIRST)
    first = mart.say(anna.conversation, "To be deleted")
    anna.say("And I quote it", quote=first["id"])
    server.home.write(
        "UPDATE conversations SET team_id = :team WHERE id = :id",
        team="0" * 32,
        id=clara.conversation,
    )
    mart.post("conversation.assign", conversation=clara.conversation, operator=liisa.id)

    page = absence.page()
    panel = _sign_in(absence, page, "liisa")
    panel.open("And I quote it").sees_exactly(["Anna asks", "To be deleted", "And I quote it"])
    assert _rows(page) == liisa.inbox()
    for view in ("mine", "queue", "closed"):
        _show(page, view)
        wait_until(lambda view=view: _rows(page) == liisa.inbox(view), view)
    _show(page, "all")

    absence.begin(page)
    for number in range(5):
        anna.say(f"Missed {number}")
        emil.say(f"Again {number}")
    mart.say(anna.conversation, "Answered meanwhile")
    mart.post("message.delete", conversation=anna.conversation, message=first["id"])
    mart.post("conversation.close", conversation=boris.conversation)
    mart.post("conversation.assign", conversation=clara.conversation, operator=mart.id)
    mart.post("conversation.take", conversation=dora.conversation)
    _chat(absence.street, "Frida asks")
    absence.end(page)

    _shows_the_database(panel, liisa, anna.conversation)
    panel.page.mouse.move(0, 0)
    for view in ("all", "mine", "queue", "closed"):
        _show(page, view)
        wait_until(lambda view=view: _rows(page) == liisa.inbox(view), f"the list {view}")
    _show(page, "all")
    fresh = _sign_in(absence, absence.page(), "liisa")
    wait_until(lambda: _words(page) == _words(fresh.page) != [], "a fresh panel shows nothing else")
    assert clara.conversation not in _rows(page)
    for lost in ("To be deleted", "Clara asks"):
        assert lost not in page.content()
    panel.say("I am back")
    wait_until(lambda: "I am back" in mart.texts(anna.conversation), "the answer has left")
    _shows_the_database(panel, liisa, anna.conversation)


def test_a_visitors_phone_that_slept_shows_all_of_it_once(absence: Absence) -> None:
    mart = _colleague(absence.street, "mart")
    page = absence.page(**PHONE)
    visitor = Visitor(page, absence.wire.base).arrive()
    visitor.tap("Asked on the way")
    [chat] = wait_until(mart.inbox, "the chat is there")
    first = mart.say(chat, "To be deleted")
    visitor.sees("To be deleted")

    _turn(visitor, hidden=True)
    absence.begin(page)
    visitor.tap("Typed without a network")
    for number in range(5):
        mart.say(chat, f"Missed {number}")
    mart.post("message.delete", conversation=chat, message=first["id"])
    absence.end(page)
    _turn(visitor, hidden=False)

    wait_until(lambda: "Typed without a network" in mart.texts(chat), "it has left")
    stored = [text for text in mart.texts(chat) if text]
    assert sorted(stored) == sorted(
        ["Asked on the way", "Typed without a network", *(f"Missed {n}" for n in range(5))]
    )
    visitor.sees_exactly(stored)
    assert "To be deleted" not in visitor.frame.content()
    mart.say(chat, "Are you back?")
    visitor.sees_exactly([*stored, "Are you back?"])


def test_a_chat_that_was_handed_away_meanwhile_is_not_shown_any_more(opened: Opened) -> None:
    with opened("sqlite", broken="moved_clock") as street:
        street.outages_are_meant = True
        wire = Wire(street.server.port)
        absence = Absence(street, wire, 10 * MINUTE, "silent")
        mart, liisa = (_colleague(street, name) for name in ("mart", "liisa"))
        clara = _chat(street, "Clara asks")
        street.server.home.write("UPDATE conversations SET team_id = :team", team="0" * 32)
        mart.post("conversation.assign", conversation=clara.conversation, operator=liisa.id)
        page = absence.page()
        panel = _sign_in(absence, page, "liisa")
        panel.open("Clara asks").sees_exactly(["Clara asks"])
        absence.begin(page)
        mart.post("conversation.assign", conversation=clara.conversation, operator=mart.id)
        absence.end(page)
        expect(page.get_by_text(WORDS["panel.talk.gone"])).to_be_visible()
        wait_until(lambda: "Clara asks" not in page.content(), "nothing of it is left")
        wire.close()


_FIRST = ("Anna asks", "Boris asks", "Clara asks", "Dora asks", "Emil asks")


def _colleague(street: Street, name: str) -> people.Operator:
    return people.Operator.sign_in(street.server.base, *street.server.home.logins[name])


def _chat(street: Street, text: str) -> people.Visitor:
    visitor = people.Visitor.arrive(street.server.base)
    visitor.start(text, form={"name": text.partition(" ")[0]})
    return visitor


def _sign_in(absence: Absence, page: Page, name: str) -> Operator:
    page.goto(f"{absence.wire.base}/operator/")
    return Operator(page).sign_in(*absence.street.server.home.logins[name]).is_in()


def _rows(page: Page) -> list[str]:
    """Return the ids of the list, from top to bottom."""
    rows: list[str] = page.locator("[data-row]").evaluate_all(
        "rows => rows.map((row) => row.dataset.row)"
    )
    return rows


def _words(page: Page) -> list[str]:
    """Return what the rows say, without the clocks, which run."""
    words: list[str] = page.locator("[data-row]").evaluate_all(
        """rows => rows.map((row) => {
            const copy = row.cloneNode(true);
            for (const each of copy.querySelectorAll("[aria-hidden]")) each.remove();
            return copy.textContent;
        })"""
    )
    return words


def _show(page: Page, view: str) -> None:
    tabs = page.get_by_role("navigation", name=WORDS["panel.inbox.views"])
    tabs.get_by_role("link", name=WORDS[f"panel.inbox.view.{view}"]).click()
    page.mouse.move(0, 0)


def _shows_the_database(panel: Operator, colleague: people.Operator, chat: str) -> None:
    """Wait until the open chat has the rows that the database has, in their order."""
    rows = colleague.post("conversation.open", conversation=chat)["messages"]
    panel.sees_exactly([row["text"] for row in rows if row["text"] and row["kind"] != "event"])


def _turn(visitor: Visitor, *, hidden: bool) -> None:
    """Put the phone into a pocket, or take it out."""
    for frame in (visitor.page.main_frame, visitor.frame):
        frame.evaluate(
            f"""() => {{
                const is = {{ get: () => {json.dumps(hidden)}, configurable: true }};
                Object.defineProperty(document, "hidden", is);
                document.dispatchEvent(new Event("visibilitychange"));
            }}"""
        )
