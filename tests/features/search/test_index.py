"""SQLite's index of words: it follows the messages, forgets what was deleted, heals itself."""

import sqlite3
import time
from contextlib import closing
from pathlib import Path

import gevent
import pytest

from kell.core.errors import RetryLater
from kell.search import index as search_index
from kell.search.index import Index, keeper
from kell.search.rules import terms_of_text
from tests.files import holding

pytestmark = pytest.mark.once
SECRET = "xylophon4111111111111111"


@pytest.fixture
def chat(tmp_path):
    """A table of messages as the chat's is, as far as the index looks."""
    with closing(sqlite3.connect(tmp_path / "kell.db", isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute(
            "CREATE TABLE messages (id TEXT PRIMARY KEY, kind TEXT, text TEXT, deleted_at TEXT)"
        )
        yield connection


@pytest.fixture
def index(tmp_path, chat):
    return Index(tmp_path / "kell.db")


def say(chat, *texts, kind="message"):
    for text in texts:
        (number,) = chat.execute("SELECT count(*) FROM messages").fetchone()
        chat.execute(
            "INSERT INTO messages (id, kind, text) VALUES (?, ?, ?)", (f"m{number + 1}", kind, text)
        )


def catch_up(index):
    while index.catch_up():
        pass


def found(index, q, before=None, most=100):
    return index.matching(terms_of_text(q), before, most)


def holds(index, word):
    return bool(holding(word, index.file.parent.glob(f"{index.file.name}*")))


def empty(chat, message_id):
    chat.execute("UPDATE messages SET text = NULL WHERE id = ?", (message_id,))


def test_it_follows_piece_by_piece(index, chat, monkeypatch):
    monkeypatch.setattr(search_index, "PIECE", 2)
    say(chat, "red fish", "blue fish", "red bird", "one fish", "no")
    assert [index.catch_up() for _ in range(3)] == [True, True, False]
    assert found(index, "fish") == ([4, 2, 1], None)
    say(chat, "fish again")
    catch_up(index)
    assert found(index, "fish") == ([6, 4, 2, 1], None)


def test_where_nothing_was_said_nothing_is_written(index, chat):
    say(chat, "red fish")
    catch_up(index)
    with closing(sqlite3.connect(index.file)) as connection:
        before = connection.execute("PRAGMA data_version").fetchone()
        assert index.catch_up() is False
        assert connection.execute("PRAGMA data_version").fetchone() == before
        say(chat, "blue fish")
        catch_up(index)
        assert connection.execute("PRAGMA data_version").fetchone() != before


def test_shards_are_asked_newest_first_and_only_as_far_as_needed(index, chat, monkeypatch):
    monkeypatch.setattr(search_index, "SHARD", 3)
    say(chat, *[f"fish {number}" for number in range(10)])
    catch_up(index)
    assert found(index, "fish", most=4) == ([10, 9, 8, 7], 7)
    assert found(index, "fish", before=7, most=4) == ([6, 5, 4, 3], 3)
    assert found(index, "fish", before=3) == ([2, 1], None)


def test_a_long_search_ends_and_says_where_to_go_on(index, chat, monkeypatch):
    monkeypatch.setattr(search_index, "SHARD", 3)
    say(chat, *[f"fish {number}" for number in range(10)])
    catch_up(index)
    monkeypatch.setattr(search_index, "LOOKS_FOR", -1)
    assert found(index, "fish") == ([], 13)
    monkeypatch.setattr(search_index, "LOOKS_FOR", 60)
    assert len(found(index, "fish", before=13)[0]) == 10


def test_before_it_was_ever_built_nothing_is_found(index):
    assert found(index, "fish") == ([], None)


def begin_log(file):
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")


@pytest.mark.parametrize("begin", [Path.touch, begin_log], ids=["empty", "without tables"])
def test_a_file_that_was_only_begun_is_searched_in_vain_and_then_built(index, chat, begin):
    say(chat, "red fish")
    begin(index.file)
    assert index.behind() is None
    assert found(index, "fish") == ([], None)
    assert list(index.leftovers()) == []
    catch_up(index)
    assert index.behind() == 0
    assert found(index, "fish") == ([1], None)


def test_who_searches_while_it_is_first_built_finds_nothing_or_everything(index, chat):
    """Nobody stumbles over a file that has a name and no tables yet."""
    say(chat, "red fish")
    aside = gevent.get_hub().threadpool
    for _ in range(20):
        for each in index.file.parent.glob(f"{index.file.name}*"):
            each.unlink()
        built = keeper().spawn(catch_up, index)
        while not built.ready():
            assert aside.apply(found, (index, "fish"))[0] in ([], [1])
            assert aside.apply(index.behind) in (None, 0, 1)
        built.get()
        assert found(index, "fish") == ([1], None)


def test_a_search_sees_one_state_though_the_index_is_begun_anew(index, chat, monkeypatch):
    monkeypatch.setattr(search_index, "SHARD", 3)
    say(chat, *[f"fish {number}" for number in range(10)])
    catch_up(index)
    in_shard, begun = search_index._in_shard, []

    def meanwhile(*given):
        if not begun:
            begun.append(True)
            chat.execute("DELETE FROM messages WHERE rowid > 2")
            catch_up(index)
        return in_shard(*given)

    monkeypatch.setattr(search_index, "_in_shard", meanwhile)
    assert len(found(index, "fish")[0]) == 10
    assert found(index, "fish") == ([2, 1], None)


def test_a_deleted_word_leaves_the_files(index, chat):
    say(chat, "hello", f"my card is {SECRET}", "bye")
    catch_up(index)
    assert holds(index, SECRET)
    empty(chat, "m2")
    index.forget("m2", time.time())
    assert not holds(index, SECRET)
    assert found(index, "bye") == ([3], None)
    assert found(index, SECRET) == ([], None)


def test_it_leaves_them_after_merges_too(index, chat, monkeypatch):
    """FTS5 writes a segment per piece and merges them: older copies lie in freed pages."""
    monkeypatch.setattr(search_index, "PIECE", 2)
    say(chat, *[f"word{number} {SECRET if number == 40 else ''}" for number in range(200)])
    catch_up(index)
    assert holds(index, SECRET)
    empty(chat, "m41")
    index.forget("m41", time.time())
    assert not holds(index, SECRET)
    assert len(found(index, "word", most=500)[0]) == 199


def test_one_building_serves_all_deletions_before_it(index, chat):
    say(chat, "one", "two", "three")
    catch_up(index)
    for each in ("m1", "m2"):
        empty(chat, each)
    asked_at = time.time()
    index.forget("m1", asked_at)
    built = shards(index)
    index.forget("m2", asked_at)
    assert shards(index) == built
    index.forget("m2", time.time())
    assert shards(index) != built


def test_what_is_deleted_while_another_is_forgotten_goes_too(index, chat, monkeypatch):
    say(chat, "hello", SECRET)
    catch_up(index)
    empty(chat, "m1")
    make, asked_at = search_index._make, []

    def make_meanwhile(*given):
        if not asked_at:
            empty(chat, "m2")
            asked_at.append(time.time())
        make(*given)

    monkeypatch.setattr(search_index, "_make", make_meanwhile)
    index.forget("m1", time.time())
    assert holds(index, SECRET)  # it was built from what stood there before
    index.forget("m2", asked_at[0])
    assert not holds(index, SECRET)


def shards(index):
    with closing(sqlite3.connect(index.file)) as connection:
        return connection.execute("SELECT * FROM shards").fetchall()


def test_what_was_deleted_before_it_was_indexed_never_comes_in(index, chat):
    say(chat, SECRET)
    empty(chat, "m1")
    index.forget("m1", time.time())
    catch_up(index)
    assert not holds(index, SECRET)


def test_while_somebody_reads_the_log_is_left_for_later(index, chat, monkeypatch):
    monkeypatch.setattr(search_index, "LOCKED_FOR", 0.05)
    say(chat, SECRET)
    catch_up(index)
    empty(chat, "m1")
    with closing(sqlite3.connect(index.file, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM state").fetchone()
        with pytest.raises(RetryLater):
            index.forget("m1", time.time())
    index.forget("m1", time.time())
    assert not holds(index, SECRET)


@pytest.mark.parametrize(
    "change",
    [
        "DELETE FROM messages WHERE id = 'm3'",
        "UPDATE messages SET rowid = rowid + 10",
        "UPDATE messages SET id = 'x' || id",
    ],
    ids=["lost its newest", "vacuumed", "another"],
)
def test_a_database_that_it_doesnt_fit_is_indexed_anew(index, chat, change):
    say(chat, "one fish", "two fish", "three fish")
    catch_up(index)
    chat.execute(change)
    catch_up(index)
    there = [row for (row,) in chat.execute("SELECT rowid FROM messages ORDER BY 1 DESC")]
    assert found(index, "fish") == (there, None)


def test_only_its_owner_reads_it(index, chat):
    say(chat, "one")
    catch_up(index)
    files = list(index.file.parent.glob(f"{Path(index.file).name}*"))
    assert {each.stat().st_mode & 0o777 for each in files} == {0o600}


def test_lines_that_tell_what_happened_are_left_out(index, chat):
    say(chat, "fish", kind="event")
    say(chat, "fish", kind="note")
    catch_up(index)
    assert found(index, "fish") == ([2], None)
