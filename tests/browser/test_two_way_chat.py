"""The main job: a visitor writes, an operator answers, each sees it at once, whatever happens."""

import re

from playwright.sync_api import expect

from tests.browser.street import Street, is_red

ASKED = "Is the Muhu throw warm enough for a winter cottage?"
ANSWERED = "It is: woven of pure wool."
THERE = re.compile("Sent|Delivered|Read")


def test_each_sees_at_once_what_the_other_writes(street: Street) -> None:
    operator = street.operator()
    visitor = street.visitor().arrive()
    visitor.say(ASKED)
    expect(operator.row(ASKED)).to_be_visible()
    operator.sees_waiting(1)
    assert is_red(operator.row(ASKED))
    expect(operator.page).to_have_title(re.compile(r"^\(1\) "))
    operator.open(ASKED).sees_exactly([ASKED])
    operator.say(ANSWERED)
    visitor.sees_exactly([ASKED, ANSWERED])
    operator.sees_waiting(0)
    assert not is_red(operator.row(ANSWERED))


def test_both_see_the_same_after_a_reload(street: Street) -> None:
    operator = street.operator()
    visitor = street.visitor().arrive()
    visitor.say(ASKED)
    operator.open(ASKED).say(ANSWERED)
    visitor.sees(ANSWERED)
    for each in (visitor, operator):
        each.page.reload()
    visitor.open().sees_exactly([ASKED, ANSWERED])
    operator.sees_exactly([ASKED, ANSWERED])


def test_what_is_written_while_the_server_is_dead_arrives_once_and_in_order(
    real_street: Street,
) -> None:
    operator = real_street.operator()
    visitor = real_street.visitor().arrive()
    visitor.say(ASKED)
    operator.open(ASKED).say(ANSWERED)
    visitor.sees(ANSWERED)
    with real_street.outage():
        visitor.say("And in which colours?")
        visitor.say("Red?")
        operator.say("By the way: there is a smaller one.")
    for each in (visitor, operator):
        for text in ("And in which colours?", "Red?", "By the way: there is a smaller one."):
            each.sees(text)
    expect(visitor.sign_of("Red?")).to_have_accessible_name(THERE)
    stored = _texts(real_street)
    assert stored[:2] == [ASKED, ANSWERED]
    assert sorted(stored[2:]) == [
        "And in which colours?",
        "By the way: there is a smaller one.",
        "Red?",
    ]
    assert stored.index("And in which colours?") < stored.index("Red?")
    for each in (visitor, operator):
        each.sees_exactly(stored)
        each.page.reload()
    visitor.open().sees_exactly(stored)
    operator.sees_exactly(stored)
    visitor.say("Thank you!")
    operator.sees_exactly([*stored, "Thank you!"])


def test_a_message_typed_offline_survives_a_reload_and_leaves_once(side_street: Street) -> None:
    operator = side_street.operator()
    visitor = side_street.visitor().arrive()
    visitor.say(ASKED)
    operator.open(ASKED)
    with side_street.outage():
        visitor.say("Typed in a tunnel")
        expect(visitor.sign_of("Typed in a tunnel")).to_have_accessible_name(
            "Goes out when the network is back"
        )
        # What hasn't left by now is only in what the browser keeps.
        visitor.page.goto("about:blank")
    visitor.arrive().sees_exactly([ASKED, "Typed in a tunnel"])
    operator.sees_exactly([ASKED, "Typed in a tunnel"])
    expect(visitor.sign_of("Typed in a tunnel")).to_have_accessible_name(THERE)
    assert _texts(side_street) == [ASKED, "Typed in a tunnel"]


def test_a_second_tab_shows_the_same_chat(side_street: Street) -> None:
    operator = side_street.operator()
    visitor = side_street.visitor().arrive()
    visitor.say(ASKED)
    page = side_street.tab(visitor.page.context)
    other = type(visitor)(page, side_street.server.base).arrive()
    other.sees_exactly([ASKED])
    other.say("From the other tab")
    operator.open("From the other tab").say(ANSWERED)
    for each in (visitor, other, operator):
        each.sees_exactly([ASKED, "From the other tab", ANSWERED])


def _texts(street: Street) -> list[str]:
    rows = street.server.home.read("SELECT text FROM messages WHERE kind = 'message' ORDER BY line")
    return [row.text for row in rows]
