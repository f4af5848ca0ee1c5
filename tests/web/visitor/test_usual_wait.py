"""Usually within 2 minutes: what visitors have really waited, or nothing is said."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from kell.chat.waits import median
from kell.web.visitor import answering

NINE = datetime(2026, 11, 23, 7, tzinfo=UTC)  # Monday, 9:00 in Tallinn
HOURS = {
    "always": False,
    "zone": "Europe/Tallinn",
    "week": [[{"opens": "09:00", "closes": "17:00"}]] * 5 + [[], []],
}


@pytest.fixture
def clock():
    with time_machine.travel(NINE, tick=True) as traveller:
        yield traveller


@pytest.fixture
def shop(clock, house):
    house.set_up_site(hours=HOURS)
    return house


def chats(shop, clock, waits, begin=NINE):
    """Have a chat for each wait, all begun at the same moment."""
    clock.move_to(begin)
    answerer = shop.operator()
    for wait in waits:
        clock.move_to(begin)
        visitor = shop.visitor()
        visitor.start("Hello?")
        clock.move_to(begin + wait)
        answerer.note(visitor.conversation, "I look into it")
        assert answerer.say(visitor.conversation, "Here is the answer").status == 200
        clock.move_to(begin + wait + timedelta(hours=1))
        answerer.say(visitor.conversation, "And more of it")


def usual(shop):
    answering._medians.clear()  # nobody waits five minutes for a test
    return shop.visitor().post("site.page")["online"]["reply_minutes"]


def minutes(*given):
    return [timedelta(minutes=each) for each in given]


def test_it_is_the_median_of_first_answers(shop, clock):
    chats(shop, clock, minutes(0.5, 1.5, 1.5, 30, 90))
    assert usual(shop) == 2


def test_of_few_answers_nothing_is_said(shop, clock):
    chats(shop, clock, minutes(*[0.5] * 4))
    shop.visitor().start("Nobody has answered this")
    assert usual(shop) is None


def test_only_working_time_counts(shop, clock):
    friday_evening = NINE + timedelta(days=4, hours=10)
    chats(shop, clock, minutes(*[3 * 24 * 60 - 10 * 60 + 4.5] * 5), begin=friday_evening)
    assert usual(shop) == 5


def test_what_was_a_month_ago_is_forgotten(shop, clock):
    chats(shop, clock, minutes(*[0.5] * 5))
    clock.move_to(NINE + timedelta(days=31))
    assert usual(shop) is None


def test_a_site_may_keep_it_to_itself(shop, clock):
    chats(shop, clock, minutes(*[0.5] * 5))
    shop.set_up_site(show_reply_time=False)
    assert usual(shop) is None


def test_it_is_asked_of_the_database_once_in_a_while(shop, clock):
    chats(shop, clock, minutes(*[0.5] * 5))
    assert usual(shop) == 1
    chats(shop, clock, minutes(*[19.5] * 10), begin=NINE + timedelta(hours=3))
    assert shop.visitor().post("site.page")["online"]["reply_minutes"] == 1
    assert usual(shop) == 20


def test_of_two_in_the_middle_the_longer_is_promised():
    assert median(minutes(1, 5, 2, 9)) == timedelta(minutes=5)
