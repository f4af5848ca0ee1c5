"""``kell doctor`` names what is wrong: each of these breaks one thing, and mends it again."""

import json
import os
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import text

from bench.seed import fill
from kell import app as kell_app
from kell import cli
from kell.core.clock import now
from kell.core.config import Config
from kell.core.db import Database
from kell.core.outbox.models import Job
from kell.doctor import place, visit
from kell.search.index import Index


@pytest.fixture(scope="module")
def settings(new_database, tmp_path_factory):
    """A past of forty conversations, and the settings to look at it."""
    data, url = tmp_path_factory.mktemp("past"), new_database()
    fill(40, data, url)
    data.chmod(0o700)
    return {"KELL_DATA": str(data), "KELL_DATABASE_URL": url}


@pytest.fixture(scope="module")
def database(settings):
    app = kell_app.create_app(Config.load(settings))
    known: Database = app.extensions["kell.db"]
    yield known
    kell_app.close(app)


@pytest.fixture
def broken(database):
    """Return a function that breaks something; what mends it is done afterwards."""
    mends = []

    def run(break_it, mend_it):
        mends.append(mend_it)
        execute(database, break_it)

    yield run
    for mend in mends:
        execute(database, mend)


def execute(database, statement):
    with database.writer.connect() as connection:
        connection.execute(text(statement))
        connection.commit()


def found(database, settings):
    """Return what is found, by check; what a test's machine can't help is left out."""
    findings = visit.visit(database, Config.load(settings), lambda _done, _total: None)
    return {each.check: each for each in findings if each.check not in {"smtp", "disk"}}


def test_a_sound_house_has_nothing_wrong(database, settings):
    assert found(database, settings) == {}


LONG = "(SELECT id FROM conversations WHERE number = 40)"


@pytest.mark.parametrize(
    ("check", "break_it", "mend_it"),
    [
        ("lines", "SET lines = lines + 1", "SET lines = lines - 1"),
        ("seq", "SET seq = seq + 1", "SET seq = seq - 1"),
        ("revs", "SET rev = rev - 1", "SET rev = rev + 1"),
        ("revs", "SET public_rev = public_rev - 2", "SET public_rev = public_rev + 2"),
        ("last_line", "SET last_line = last_line - 1", "SET last_line = last_line + 1"),
        ("cursors", "SET delivered_visitor = seq + 1", "SET delivered_visitor = seq"),
        ("cursors", "SET delivered_operator = read_operator - 1", "SET delivered_operator = seq"),
    ],
)
def test_a_counter_that_doesnt_agree_is_named(database, settings, broken, check, break_it, mend_it):
    one = "WHERE number = 40"
    broken(f"UPDATE conversations {break_it} {one}", f"UPDATE conversations {mend_it} {one}")
    finding = found(database, settings)[check]
    assert (finding.level, finding.count, len(finding.examples)) == ("problem", 1, 1)
    assert finding.do


def test_somebody_who_waits_and_nobody_sees_it(database, settings, broken):
    waits = "number IN (SELECT number FROM conversations WHERE waiting_since IS NOT NULL LIMIT 1)"
    broken(
        f"UPDATE conversations SET mailed_seq = -1, closed_at = waiting_since,"
        f" waiting_since = NULL WHERE {waits}",
        "UPDATE conversations SET mailed_seq = 0, waiting_since = closed_at, closed_at = NULL"
        " WHERE mailed_seq = -1",
    )
    assert found(database, settings)["waiting_since"].count == 1


def test_a_closed_conversation_where_somebody_waits(database, settings, broken):
    one = "number = (SELECT min(number) FROM conversations WHERE status = 'closed')"
    broken(
        f"UPDATE conversations SET waiting_since = last_at WHERE {one}",
        "UPDATE conversations SET waiting_since = NULL WHERE status = 'closed'",
    )
    assert found(database, settings)["waiting_since"].count == 1


def test_a_deleted_message_that_has_its_text(database, settings, broken):
    one = f"conversation_id = {LONG} AND line = 1"
    broken(
        f"UPDATE messages SET deleted_at = at WHERE {one}",
        f"UPDATE messages SET deleted_at = NULL WHERE {one}",
    )
    names = found(database, settings)
    assert names["deleted_text"].count == 1
    if database.sqlite:  # its words are in the index too
        assert names["deleted_words"].count == 1


def test_jobs_that_nobody_does(database, settings):
    at = now()
    with database.writer.connect() as connection:
        late = {"due_at": at - timedelta(hours=2), "leased_until": at - timedelta(hours=1)}
        for number, more in enumerate([{"state": "waiting"}, {"state": "dead"}]):
            values = {"id": f"{number:032x}", "kind": "mail.send", "payload": {}, "attempts": 3}
            connection.execute(
                Job.__table__.insert().values(**values, **late, **more, created_at=at)
            )
        connection.commit()
    try:
        names = found(database, settings)
    finally:
        execute(database, "DELETE FROM jobs")
    assert set(names) == {"jobs_late", "jobs_dead", "leases"}
    assert "mail.send" in names["jobs_dead"].examples[0]


def test_a_message_from_the_future(database, settings, broken):
    newest = "id = (SELECT max(id) FROM messages)"
    with database.read() as session:
        was = session.execute(text(f"SELECT at FROM messages WHERE {newest}")).scalar_one()
    broken(
        f"UPDATE messages SET at = '2999-01-01 00:00:00.000000' WHERE {newest}",
        f"UPDATE messages SET at = '{was}' WHERE {newest}",
    )
    assert "clock" in found(database, settings)


def test_a_mail_with_what_was_deleted(database, settings, broken):
    one = f"conversation_id = {LONG} AND line = 1"
    broken(
        f"UPDATE messages SET mailed_at = at, deleted_at = at, text = NULL WHERE {one}",
        f"UPDATE messages SET mailed_at = NULL, deleted_at = NULL, text = 'Tere' WHERE {one}",
    )
    broken(
        "INSERT INTO mails (id, kind, conversation_id, recipient, first_seq, last_seq, state,"
        f" created_at) SELECT '{'a' * 32}', 'reply', id, 'a@example.org', 1, 3, 'sent', created_at"
        " FROM conversations WHERE number = 40",
        "DELETE FROM mails",
    )
    kept = Path(settings["KELL_DATA"]) / "mail" / f"{'a' * 32}.eml"
    kept.parent.mkdir(mode=0o700, exist_ok=True)
    kept.touch(mode=0o600)
    try:
        assert found(database, settings)["mails"].examples == [str(kept)]
    finally:
        kept.unlink()


def test_rows_that_refer_to_nothing(database, settings):
    if not database.sqlite:
        constraint = "fk_visitor_words_visitor_id"
        execute(database, f"ALTER TABLE visitor_words DROP CONSTRAINT {constraint}")
        again = (
            f"ALTER TABLE visitor_words ADD CONSTRAINT {constraint} FOREIGN KEY (visitor_id)"
            " REFERENCES visitors (id) ON DELETE CASCADE"
        )
        execute(database, f"{again} NOT VALID")
        assert found(database, settings)["orphans"].examples == [constraint]
        execute(database, f"ALTER TABLE visitor_words VALIDATE CONSTRAINT {constraint}")
        return
    with closing(sqlite3.connect(database.writer.url.database)) as file, file:
        file.execute("INSERT INTO visitor_words VALUES ('nobody', 'nobody')")
    assert "visitor_words" in found(database, settings)["orphans"].examples[0]
    execute(database, "DELETE FROM visitor_words WHERE word = 'nobody'")


def test_an_index_of_another_database(database, settings):
    if not database.sqlite:
        return
    index = Index(Path(database.writer.url.database))
    with closing(sqlite3.connect(index.file)) as file, file:
        (was,) = file.execute("SELECT upto_id FROM state").fetchone()
        file.execute("UPDATE state SET upto_id = 'x'")
    assert found(database, settings)["search"].level == "advice"
    with closing(sqlite3.connect(index.file)) as file, file:
        file.execute("UPDATE state SET upto_id = ?", (was,))
    assert found(database, settings) == {}


def test_an_old_database_is_told_and_not_read(database, settings, broken):
    with database.read() as session:
        was = session.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
    broken(
        "UPDATE alembic_version SET version_num = '0001'",
        f"UPDATE alembic_version SET version_num = '{was}'",
    )
    assert set(found(database, settings)) == {"migrations"}


def test_files_that_others_may_read(database, settings):
    data = Path(settings["KELL_DATA"])
    data.chmod(0o755)
    try:
        assert found(database, settings)["modes"].examples == [str(data)]
    finally:
        data.chmod(0o700)


@pytest.mark.parametrize(
    ("more", "check"),
    [
        ({"HOST": "0.0.0.0"}, "public_url"),
        ({"KELL_PUBLIC_URL": "http://chat.example.org"}, "cookie"),
        ({}, "smtp"),
    ],
)
def test_settings_that_are_hardly_meant(settings, more, check):
    findings = place.check(Config.load({**settings, **more}))
    assert [each.level for each in findings if each.check == check] == ["advice"]


def test_a_full_disk_and_a_long_log(settings, monkeypatch, tmp_path):
    usage = place.shutil.disk_usage(tmp_path)._replace(total=100 << 30, free=1 << 30)
    monkeypatch.setattr(place.shutil, "disk_usage", lambda _path: usage)
    url = f"sqlite:///{tmp_path}/kell.db"
    with (tmp_path / "kell.db-wal").open("wb") as log:
        os.truncate(log.fileno(), place.LOG_AT_MOST + 1)
    config = Config.load({**settings, "KELL_DATABASE_URL": url})
    assert {"disk", "wal"} <= {each.check for each in place.check(config)}


def ask(monkeypatch, settings, *arguments):
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    application = cli.Application(
        kell_app.create_app,
        kell_app.prepare,
        kell_app.start,
        kell_app.stop,
        kell_app.close,
        kell_app.work,
    )
    return CliRunner().invoke(cli.main, ["doctor", *arguments], obj=application)


def test_the_command_ends_with_1_on_a_problem_and_says_what_to_do(
    database, settings, broken, monkeypatch
):
    monkeypatch.setattr(place, "FREE_SHARE", 0)
    sound = ask(monkeypatch, settings)
    assert (sound.exit_code, "smtp" in sound.output) == (0, True)
    one = "WHERE number = 40"
    broken(
        f"UPDATE conversations SET lines = 0 {one}", f"UPDATE conversations SET lines = rev {one}"
    )
    told = ask(monkeypatch, settings)
    assert told.exit_code == 1
    assert "problem: lines:" in told.output
    assert "→" in told.output
    listed = json.loads(ask(monkeypatch, settings, "--json").stdout)["findings"]
    assert {each["check"] for each in listed} == {"smtp", "lines"}


def test_where_there_is_no_database_none_is_made(tmp_path, monkeypatch):
    file = tmp_path / "none.db"
    given = {"KELL_DATA": str(tmp_path), "KELL_DATABASE_URL": f"sqlite:///{file}"}
    told = ask(monkeypatch, given)
    assert (told.exit_code, "there is no database" in told.output) == (1, True)
    assert not file.exists()
