"""Finding conversations by what was said, and by whom (REACH-2)."""

import threading
from itertools import count

import gevent
import pytest
from gevent import monkey

from kell.search import matches as search_matches
from kell.search import queries
from kell.search.jobs import catch_up
from tests import factories
from tests.databases import sqlite_databases
from tests.people import wait_until

NativeEvent = monkey.get_original("threading", "Event")
_numbers = count(1)


@pytest.fixture
def word():
    """A word that nobody else says."""
    return f"zq{next(_numbers)}kala"


def find(street, who, q, **more):
    """Search once the index is where the messages are."""
    catch_up(street.app.extensions["kell.db"])
    return who.post("inbox.search", q=q, **more)


def found(street, who, q):
    return [row["id"] for row in find(street, who, q)["rows"]]


def colleague(street, name="Liisa"):
    return street.operator(name, teams=[street.team])


def says(street, text, **form):
    visitor = street.visitor()
    visitor.start(text, form=form)
    return visitor


def marked(hit):
    """Return what the ranges mark, cut as JavaScript would."""
    units = hit["text"].encode("utf-16-le")
    return [
        units[2 * each["start"] : 2 * each["end"]].decode("utf-16-le") for each in hit["ranges"]
    ]


def test_a_word_finds_the_conversation_with_the_place_where_it_stands(street, word):
    visitor = says(street, f"😀 Where is my {word.upper()}, please?")
    row = find(street, colleague(street), word)["rows"][0]
    listed = street.admin().post("conversation.open", conversation=visitor.conversation)
    assert row["id"] == visitor.conversation
    assert (row["rev"], row["conversation"]) == (listed["rev"], listed["conversation"])
    hit = row["hit"]
    assert hit["text"] == f"😀 Where is my {word.upper()}, please?"
    assert marked(hit) == [word.upper()]
    assert (hit["field"], hit["line"], hit["author"]["kind"]) == ("message", 1, "visitor")
    assert hit["message"] == listed["messages"][0]["id"]


@pytest.mark.parametrize(
    ("said", "asked", "marks"),
    [
        ("Kas jõuab täna?", "JOUAB", ["jõuab"]),
        ("Ещё не пришёл заказ", "еще заказ", ["Ещё", "заказ"]),
        ("Де моє замовлення, їжаче?", "замовлення їжа", ["замовлення", "їжа"]),
        ("Žurnaal Šveitsist", "zurnaal sve", ["Žurnaal", "Šve"]),
        ("Write to mari@example.org or call", "example mari", ["mari", "example"]),
        ("The e-mail/order #A-17.5 came", "a 17 ord", ["ord", "A", "17"]),
    ],
)
def test_it_works_in_our_languages(street, word, said, asked, marks):
    visitor = says(street, f"{said} {word}")
    # The word of our own comes first: the last one is the beginning that is tested.
    row = find(street, colleague(street), f"{word} {asked}")["rows"][0]
    assert row["id"] == visitor.conversation
    assert [each for each in marked(row["hit"]) if each != word][-len(marks) :] == marks


def test_all_words_must_stand_in_one_message(street, word):
    visitor = says(street, f"{word} first")
    visitor.say(f"{word} second")
    operator = colleague(street)
    assert found(street, operator, f"{word} second") == [visitor.conversation]
    assert found(street, operator, f"{word} first second") == []


def test_the_last_word_may_be_a_beginning_the_others_not(street, word):
    visitor = says(street, f"{word} umbrella")
    operator = colleague(street)
    assert found(street, operator, f"{word} umbr") == [visitor.conversation]
    assert found(street, operator, f"umbr {word}") == []


@pytest.mark.parametrize(
    "q",
    [
        '"',
        "'",
        "NEAR(",
        "a AND",
        "-x",
        "x*",
        "col:y",
        "a & | !",
        "(((",
        "%_",
        "\\",
        "🙂",
        "___",
        "^a",
    ],
)
def test_whatever_is_typed_is_only_words(street, word, q):
    visitor = says(street, f"{word} {q} end")
    operator = colleague(street)
    assert find(street, operator, q).status == 200
    assert found(street, operator, f"{q} {word}") == [visitor.conversation]


def test_colleagues_find_notes(street, word):
    visitor, operator = says(street, "Hello"), colleague(street)
    operator.note(visitor.conversation, f"Refunded, {word}")
    [row] = find(street, operator, word)["rows"]
    assert (row["id"], row["hit"]["field"]) == (visitor.conversation, "note")
    assert row["hit"]["author"]["id"] == operator.id


def test_a_visitor_is_found_by_name_address_and_number(street, word):
    visitor = says(street, "Hello", name=f"Kärt {word}", email=f"{word}.k@example.org")
    operator = colleague(street)
    for q, field in [
        (f"kart {word}", "name"),
        (word[:-2], "name"),
        (f"{word}.k@exam", "email"),
        (f"example {word}", "name"),
    ]:
        [row] = find(street, operator, q)["rows"]
        assert (row["id"], row["hit"]["field"]) == (visitor.conversation, field)
        assert marked(row["hit"])
    number = row["conversation"]["visitor"]["number"]
    rows = find(street, operator, f"#{number}")["rows"]
    assert visitor.conversation in [row["id"] for row in rows]
    assert {row["hit"]["field"] for row in rows} == {"number"}


def test_a_conversation_is_found_by_its_number_first(street, word):
    visitor, operator = says(street, word), colleague(street)
    [row] = find(street, operator, word)["rows"]
    number = row["conversation"]["number"]
    first = find(street, operator, f"#{number}")["rows"][0]
    assert (first["id"], first["hit"]["field"]) == (visitor.conversation, "number")
    assert first["hit"]["text"] == str(number)


@pytest.mark.parametrize("asked", ["+372 5123 4567", "51234567", "3725123"])
def test_a_visitor_is_found_by_phone(street, word, asked):
    visitor = says(street, word)
    street.write(lambda tx: describe(tx, visitor, phone="+37251234567"))
    rows = find(street, colleague(street), asked)["rows"]
    [row] = [row for row in rows if row["id"] == visitor.conversation]
    assert (row["hit"]["field"], row["hit"]["text"]) == ("phone", "+37251234567")


def test_who_is_renamed_is_found_by_the_new_name_and_by_what_their_card_says(street, word):
    visitor = says(street, "Hello", name=f"Old{word}")
    street.write(lambda tx: describe(tx, visitor, name=f"New{word}"))
    operator = colleague(street)
    assert found(street, operator, f"new{word}") == [visitor.conversation]
    [row] = operator.post("inbox.search", q=f"old{word}")["rows"]
    assert (row["id"], row["hit"]["field"]) == (visitor.conversation, "card")
    opened = operator.post("conversation.open", conversation=visitor.conversation)
    operator.post("customer.save", customer=opened["visitor"]["customer"], name=f"New{word}")
    assert found(street, operator, f"old{word}") == []


def describe(tx, visitor, **known):
    from kell.chat.models import Conversation
    from kell.customers.actions import remember_answers

    visitor_id = tx.session.get_one(Conversation, visitor.conversation).visitor_id
    remember_answers(tx, visitor_id, known)


def test_people_come_first_then_the_newest_message(street, word):
    older, newer = says(street, f"{word} 1"), says(street, f"{word} 2")
    person = says(street, "Hello", name=word)
    older.say(f"{word} again")
    operator = colleague(street)
    assert found(street, operator, word) == [
        person.conversation,
        older.conversation,
        newer.conversation,
    ]


def test_pages_bring_each_once(street, word, monkeypatch):
    monkeypatch.setattr(queries, "PAGE", 3)
    named = [says(street, "Hello", name=word).conversation for _ in range(4)]
    said = [says(street, f"{word} {n}").conversation for n in range(5)]
    operator = colleague(street)
    pages, after = [], None
    while True:
        page = find(street, operator, word, after=after)
        pages.append([row["id"] for row in page["rows"]])
        after = page["next"]
        if after is None:
            break
    assert [each for page in pages for each in page] == named[::-1] + said[::-1]
    assert max(map(len, pages)) == 3


def test_another_team_finds_nothing(street, word):
    visitor = says(street, word, name=word)
    stranger = street.operator("Stranger", teams=[street.new_team()])
    assert find(street, stranger, word).body == {"rows": [], "next": None}
    street.admin().post(
        "conversation.assign", conversation=visitor.conversation, operator=stranger.id
    )
    assert found(street, stranger, word) == [visitor.conversation]


def test_whoever_reaches_little_of_much_finds_it_page_by_page(street, word, monkeypatch):
    monkeypatch.setattr(queries, "PIECES", 1)
    monkeypatch.setattr(search_matches, "AT_ONCE", 2)
    mine = says(street, word)
    for _ in range(5):
        says(street, word)
    stranger = street.operator("Stranger", teams=[street.new_team()])
    street.admin().post("conversation.assign", conversation=mine.conversation, operator=stranger.id)
    page = find(street, stranger, word)
    assert (page["rows"], page["next"] is None) == ([], False)
    while page["next"] and not page["rows"]:
        page = find(street, stranger, word, after=page["next"])
    assert [row["id"] for row in page["rows"]] == [mine.conversation]


def test_a_deleted_message_is_not_found(street, word):
    visitor, operator = says(street, "Hello"), colleague(street)
    sent = operator.say(visitor.conversation, word)
    assert found(street, operator, word) == [visitor.conversation]
    operator.post("message.delete", conversation=visitor.conversation, message=sent["id"])
    assert found(street, operator, word) == []


def test_lines_that_tell_what_happened_are_not_found(street, word):
    visitor, operator = says(street, "Hello"), colleague(street, word)
    street.admin().post(
        "conversation.assign", conversation=visitor.conversation, operator=operator.id
    )
    assert found(street, operator, word) == []


@pytest.mark.parametrize("after", ["", "nonsense", "bTphYmM", "cDox", "õ"])
def test_a_made_up_cursor_is_refused(street, after):
    refused = colleague(street).post("inbox.search", q="x", after=after)
    assert (refused.status, refused.code) == (200, None) if not after else (400, "invalid")


@pytest.mark.once
def test_a_long_search_keeps_nobody_waiting(tmp_path, word, monkeypatch):
    """The index is asked in a thread: here it doesn't answer before others were served."""
    reached, released, threads = NativeEvent(), NativeEvent(), []
    real = search_matches.Index.matching

    def slow(self, *given):
        threads.append(threading.get_ident())
        reached.set()
        assert released.wait(20)
        return real(self, *given)

    with factories.house(sqlite_databases(tmp_path)(), tmp_path / "data") as house:
        visitor, operator = says(house, word), colleague(house)
        assert found(house, operator, word) == [visitor.conversation]
        monkeypatch.setattr(search_matches.Index, "matching", slow)
        asked = gevent.spawn(operator.post, "inbox.search", q=word)
        wait_until(reached.is_set)
        for number in range(20):
            assert visitor.say(f"Still there {number}").status == 200
            assert operator.inbox() == [visitor.conversation]
        assert not asked.ready()
        released.set()
        assert [row["id"] for row in asked.get()["rows"]] == [visitor.conversation]
    assert threads != [threading.get_ident()]
