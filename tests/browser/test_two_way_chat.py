"""The main job: a visitor writes, an operator answers, each sees it at once, whatever happens."""

import re

from playwright.sync_api import expect

from tests.browser.chromium import Watched
from tests.browser.faces import Panel, Widget, is_red
from tests.fault.cluster import Server

ASKED = "Is the Muhu throw warm enough for a winter cottage?"
ANSWERED = "It is: woven of pure wool."


def test_each_sees_at_once_what_the_other_writes(widget: Widget, panel: Panel) -> None:
    widget.say(ASKED)
    expect(panel.row(ASKED)).to_be_visible()
    panel.waiting(1)
    assert is_red(panel.row(ASKED), "backgroundColor")
    expect(panel.page).to_have_title(re.compile(r"\b1\b"))
    panel.open_chat(ASKED).shows(ASKED)
    panel.say(ANSWERED)
    widget.shows(ASKED, ANSWERED)
    panel.waiting(0)
    assert not is_red(panel.row(ANSWERED), "backgroundColor")


def test_it_is_all_there_after_a_reload(widget: Widget, panel: Panel) -> None:
    widget.say(ASKED)
    panel.open_chat(ASKED).say(ANSWERED)
    widget.shows(ASKED, ANSWERED)
    widget.page.reload()
    panel.page.reload()
    widget.open().shows(ASKED, ANSWERED)
    panel.shows(ASKED, ANSWERED)


def test_it_is_all_there_after_the_server_was_killed(
    widget: Widget, panel: Panel, visitor: Watched, operator: Watched, server: Server
) -> None:
    widget.say(ASKED)
    panel.open_chat(ASKED).say(ANSWERED)
    widget.shows(ASKED, ANSWERED)
    with visitor.trouble(), operator.trouble():
        server.kill()
        widget.say("And in which colours?")
        panel.say("By the way: there is a smaller one.")
        server.start()
        both = {"And in which colours?", "By the way: there is a smaller one."}
        for thread in (widget, panel):
            for text in both:
                expect(thread.message(text)).to_have_count(1)
        expect(widget.sign_of("And in which colours?")).to_have_accessible_name(
            re.compile("Sent|Delivered|Read")
        )
    _are_there_once(server, both)
    order = panel.texts
    widget.shows(*order)
    assert order[:2] == [ASKED, ANSWERED]
    assert set(order[2:]) == both
    for thread in (widget, panel):
        thread.page.reload()
    widget.open().shows(*order)
    panel.shows(*order)
    widget.say("Thank you!")
    panel.shows(*order, "Thank you!")


def _are_there_once(server: Server, texts: set[str]) -> None:
    rows = server.home.read("SELECT text FROM messages WHERE kind = 'message'")
    found = [row.text for row in rows if row.text in texts]
    assert sorted(found) == sorted(texts)
