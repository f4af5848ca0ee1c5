"""The list of conversations."""

from datetime import datetime, timedelta

import gevent
import pytest
from sqlalchemy import select

from kell.chat import actions, assignment
from kell.chat.access import Author
from kell.chat.actions import About, Draft
from kell.chat.models import Conversation
from kell.customers.actions import greet_visitor
from kell.customers.wire import Browser
from kell.sites.queries import site_by_key
from tests.people import fresh_id


def chats(house, *texts):
    """Start a chat a text, and return the visitors in that order."""
    visitors = []
    for text in texts:
        visitor = house.visitor()
        visitor.start(text)
        visitors.append(visitor)
    return visitors


def ids(visitors):
    return [each.conversation for each in visitors]


def test_who_waits_comes_first_the_longest_of_them_on_top(house):
    operator = house.operator()
    first, second, third, fourth = chats(house, "one", "two", "three", "four")
    operator.say(first.conversation, "Hello")
    operator.say(third.conversation, "Hello")
    second.say("Still there?")
    page = operator.post("inbox.list")
    assert [row["id"] for row in page["rows"]] == ids([second, fourth, third, first])
    assert page["waiting"] == 2


def test_the_first_view_is_of_all_that_is_open(house):
    operator = house.operator()
    kept, closed = chats(house, "kept", "closed")
    operator.post("conversation.close", conversation=closed.conversation)
    assert operator.inbox("all") == ids([kept])
    assert [row["id"] for row in operator.post("inbox.list")["rows"]] == ids([kept])


def test_views(house):
    liisa, jaan = house.operator("Liisa"), house.operator("Jaan")
    mine, his, nobodys, done = chats(house, "mine", "his", "nobodys", "done")
    liisa.post("conversation.take", conversation=mine.conversation)
    jaan.post("conversation.take", conversation=his.conversation)
    liisa.post("conversation.take", conversation=done.conversation)
    liisa.post("conversation.close", conversation=done.conversation)
    assert liisa.inbox("mine") == ids([mine])
    assert jaan.inbox("mine") == ids([his])
    assert liisa.inbox("queue") == jaan.inbox("queue") == ids([nobodys])
    assert liisa.inbox("team") == liisa.inbox("all") == ids([mine, his, nobodys])
    assert liisa.inbox("closed") == jaan.inbox("closed") == ids([done])


def test_the_team_is_narrower_than_all_for_who_reaches_more(house):
    supervisor = house.operator("Olga", role="supervisor", teams=[house.new_team()])
    visitor = chats(house, "first team")[0]
    assert supervisor.inbox("all") == ids([visitor])
    assert supervisor.inbox("team") == []


def test_closed_ones_come_by_their_last_message(house):
    operator = house.operator()
    first, second = chats(house, "one", "two")
    for visitor in (second, first):
        operator.post("conversation.close", conversation=visitor.conversation)
    assert operator.inbox("closed") == ids([second, first])


def test_a_row_says_what_the_list_shows(house):
    operator = house.operator("Liisa")
    visitor = house.visitor()
    visitor.start("x" * 300, form={"name": "Mari"})
    shown = operator.post("inbox.list")["rows"][0]["conversation"]
    assert shown["visitor"]["name"] == "Mari"
    assert shown["last"]["text"] == "x" * 200
    assert shown["last"]["author"]["kind"] == "visitor"
    answer = operator.say(visitor.conversation, "Good day")
    row = operator.post("inbox.list")["rows"][0]
    assert row["rev"] == 2
    assert row["conversation"]["last"]["author"]["name"] == "Liisa"
    assert row["conversation"]["last"]["at"] == answer["at"]
    assert row["conversation"]["waiting_since"] is None


def test_a_row_is_what_the_socket_brings(house):
    operator = house.operator()
    socket = operator.connect()
    visitor = chats(house, "Hello")[0]
    change = socket.wait_for("conversation.changed")
    row = operator.post("inbox.list")["rows"][0]
    assert (row["id"], row["rev"]) == (visitor.conversation, change["rev"])
    assert row["conversation"] == change["conversation"]


def crowd(house, count):
    """Make many conversations, every third of them answered; return both kinds in their order."""
    browser = Browser(ip=None, user_agent=None, language=None)

    def make(tx):
        site = site_by_key(tx.session, "")
        visitor = greet_visitor(tx, site.id, fresh_id(), browser)
        author, draft = Author.visitor(visitor), Draft(fresh_id(), "Hello")
        sent = actions.start_conversation(tx, author, fresh_id(), draft, About())
        return sent.row.conversation_id

    answering = house.operator()
    author = Author.operator(answering.id, "Somebody", sees_all=True)

    def work(tx):
        made = [make(tx) for _ in range(count)]
        for each in made[::3]:
            actions.send_message(tx, author, each, Draft(fresh_id(), "Good day"))

    house.write(work)
    rows = house.read(lambda session: session.scalars(select(Conversation)).all())
    waiting = [each for each in rows if each.waiting_since]
    answered = [each for each in rows if not each.waiting_since]
    # Many began within one millisecond: then their ids decide.
    waiting.sort(key=lambda each: (each.waiting_since, each.id))
    answered.sort(key=lambda each: (each.last_at, each.id), reverse=True)
    return [each.id for each in waiting], [each.id for each in answered]


def pages(operator, view="all", between=lambda: None):
    """Read a list to its end, with something happening between the pages."""
    after, sizes, found = None, [], []
    while True:
        page = operator.post("inbox.list", view=view, after=after)
        found += [row["id"] for row in page["rows"]]
        sizes.append(len(page["rows"]))
        after = page["next"]
        if after is None:
            return found, sizes
        between()


def test_pages_of_fifty_have_neither_gap_nor_repeat(house):
    waiting, answered = crowd(house, 120)
    found, sizes = pages(house.operator())
    assert sizes == [50, 50, 20]
    assert found == waiting + answered


def test_a_list_that_ends_with_a_page_has_no_empty_one_after_it(house):
    crowd(house, 50)
    assert pages(house.operator())[1] == [50]


def test_a_page_may_end_where_the_waiting_end(house):
    waiting, answered = crowd(house, 75)
    assert len(waiting) == 50
    found, sizes = pages(house.operator())
    assert sizes == [50, 25]
    assert found == waiting + answered


def test_what_stays_as_it_is_comes_exactly_once_while_others_change(house):
    waiting, answered = crowd(house, 120)
    operator = house.operator()
    touched = iter(
        [(waiting[60], waiting[10], answered[3]), (waiting[79], waiting[20], answered[30])]
    )
    changed = []

    def disturb():
        ahead, behind, old = next(touched)
        operator.say(ahead, "Now answered, before its page came")
        operator.say(behind, "Now answered, after its page was read")
        operator.post("conversation.close", conversation=old)
        house.visitor().start("A newcomer")
        changed.extend([ahead, behind, old])

    found, _ = pages(operator, between=disturb)
    still = [each for each in waiting + answered if each not in changed]
    assert [each for each in found if each in still] == still


@pytest.mark.parametrize("view", ["mine", "queue", "closed"])
def test_each_view_has_pages_of_its_own(house, view):
    waiting, answered = crowd(house, 60)
    operator = house.operator()
    author = Author.operator(operator.id, "Liisa", sees_all=False)
    acts = {"mine": [assignment.take_conversation], "closed": [actions.close_conversation]}

    def work(tx):
        for act in acts.get(view, ()):
            for each in waiting + answered:
                act(tx, author, each)

    house.write(work)
    found, sizes = pages(operator, view)
    assert sizes == [50, 10]
    assert sorted(found) == sorted(waiting + answered)


@pytest.mark.parametrize(
    "cursor",
    ["x", "", "....", "d2FpdHM", "dzowOng", "dzo5OTk5OTk5OTk5OTk5OTk5OTk5OTk6eA", "õ", "dzowOgA"],
)
def test_a_cursor_of_somebody_elses_making_is_refused(street, cursor):
    refused = street.operator().post("inbox.list", after=cursor)
    if cursor == "":
        assert refused.status == 200
    else:
        assert (refused.status, refused.body) == (
            400,
            {"error": {"code": "invalid", "field": "after"}},
        )


def test_an_unknown_view_is_refused(street):
    refused = street.operator().post("inbox.list", view="everything")
    assert refused.body == {"error": {"code": "invalid", "field": "view"}}


def test_each_row_says_how_many_messages_are_unread(house):
    (visitor,) = chats(house, "one")
    visitor.say("two")
    operator = house.operator()

    def unread():
        (row,) = operator.post("inbox.list")["rows"]
        return row["conversation"]["unread"]

    assert unread() == 2
    operator.post("mark.read", conversation=visitor.conversation, seq=1)
    assert unread() == 1
    operator.say(visitor.conversation, "Hello")
    assert unread() == 0


def test_who_waits_too_long_is_late_from_a_moment_on(house):
    (visitor,) = chats(house, "one")
    operator = house.operator()
    (row,) = operator.post("inbox.list")["rows"]
    since, late = (
        datetime.fromisoformat(row["conversation"][name]) for name in ("waiting_since", "late_at")
    )
    assert late - since == timedelta(minutes=2)
    operator.say(visitor.conversation, "Hello")
    (row,) = operator.post("inbox.list")["rows"]
    assert row["conversation"]["late_at"] is None


def test_conversations_are_numbered(house):
    chats(house, "one", "two", "three")
    rows = house.operator().post("inbox.list")["rows"]
    assert [row["conversation"]["number"] for row in rows] == [1, 2, 3]
    assert {row["conversation"]["channel"] for row in rows} == {"web"}


def test_many_who_start_at_once_get_numbers_of_their_own(house):
    starting = [gevent.spawn(house.visitor().start, "Hello") for _ in range(20)]
    gevent.joinall(starting, raise_error=True)
    rows = house.operator().post("inbox.list")["rows"]
    assert len({row["conversation"]["number"] for row in rows}) == 20


def test_a_view_can_be_narrowed(house):
    liisa, jaan = house.operator("Liisa"), house.operator("Jaan")
    first, second, third = chats(house, "one", "two", "three")
    liisa.post("conversation.assign", conversation=first.conversation, operator=jaan.id)
    jaan.say(second.conversation, "Hello")

    def found(**given):
        return [row["id"] for row in liisa.post("inbox.list", **given)["rows"]]

    site = liisa.post("inbox.list")["rows"][0]["conversation"]["site"]["id"]
    assert found(assignee=jaan.id) == ids([first])
    assert found(unread=True) == ids([first, third])
    assert found(view="queue", unread=True) == ids([third])
    assert found(site=site, team=house.team, channel="web") == ids([first, third, second])
    for other in ({"site": "0" * 32}, {"team": "0" * 32}, {"channel": "sms"}, {"topic": "x"}):
        assert found(**other) == []


def test_a_filter_widens_nobodys_reach(house):
    (visitor,) = chats(house, "one")
    stranger = house.operator("Stranger", teams=[])
    rows = stranger.post("inbox.list", team=house.team)["rows"]
    assert rows == []
    assert stranger.post("inbox.counts")["all"] == 0
    assert visitor.conversation in house.operator().inbox()


def test_the_views_are_counted(house):
    liisa, jaan = house.operator("Liisa"), house.operator("Jaan")
    first, second, third, closed = chats(house, "one", "two", "three", "four")
    liisa.post("conversation.take", conversation=first.conversation)
    jaan.post("conversation.take", conversation=second.conversation)
    jaan.say(second.conversation, "Hello")
    liisa.post("mark.read", conversation=third.conversation, seq=1)
    liisa.post("conversation.close", conversation=closed.conversation)
    expected = {"mine": 1, "team": 3, "queue": 1, "all": 3, "waiting": 2, "unread": 1}
    assert liisa.post("inbox.counts").body == expected
    lead = house.operator("Lead", role="supervisor", teams=[])
    assert lead.post("inbox.counts").body == {**expected, "mine": 0, "team": 0}


def test_a_supervisor_sees_who_has_how_much(house):
    lead, liisa = house.operator("Lead", role="supervisor", teams=[]), house.operator("Liisa")
    first, second, _third = chats(house, "one", "two", "three")
    for each in (first, second):
        liisa.post("conversation.take", conversation=each.conversation)
    liisa.say(first.conversation, "Hello")
    answer = lead.post("team.load")
    loads = {each["operator"]["name"]: each["load"] for each in answer["people"]}
    assert (loads["Liisa"]["open"], loads["Liisa"]["waiting"]) == (2, 1)
    assert loads["Liisa"]["longest"] is not None
    assert loads["Lead"] == {"open": 0, "waiting": 0, "longest": None}
    assert (answer["queue"]["open"], answer["queue"]["waiting"]) == (1, 1)
    assert liisa.post("team.load").code == "forbidden"


def test_a_supervisor_joins_and_takes_over(house):
    lead, liisa = house.operator("Lead", role="supervisor", teams=[]), house.operator("Liisa")
    (visitor,) = chats(house, "one")
    liisa.post("conversation.take", conversation=visitor.conversation)
    lead.note(visitor.conversation, "Try the other shop")
    lead.say(visitor.conversation, "May I help?")
    taken = lead.post("conversation.assign", conversation=visitor.conversation, operator=lead.id)
    assert taken["change"]["conversation"]["assignee"]["id"] == lead.id
    assert liisa.inbox() == [visitor.conversation]  # it is her team's still
