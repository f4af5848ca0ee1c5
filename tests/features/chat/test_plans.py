"""Pages of the inbox and opening a chat are read by index: no table is walked, nothing sorted."""

import re
from contextlib import contextmanager

import pytest
from sqlalchemy import event, select, text

from bench.seed import fill
from kell.accounts.models import Operator
from kell.app import close, create_app
from kell.chat import lists, shapes
from kell.chat.access import Author
from kell.chat.models import Conversation
from kell.core.config import Config
from kell.core.db import Database

# Each of them grows; a scan of the few operators, teams and sites costs nothing.
LARGE = ("conversations", "messages", "visitors", "last")
VIEWS = ("mine", "team", "queue", "all", "closed")


@pytest.fixture(scope="module", params=["as it was made", "with statistics"])
def past(new_database, tmp_path_factory, request):
    """A database with some hundred conversations, as a new installation has it and analysed."""
    data, url = tmp_path_factory.mktemp("past"), new_database()
    fill(300, data, url)
    app = create_app(Config.load({"KELL_DATA": str(data), "KELL_DATABASE_URL": url}))
    database: Database = app.extensions["kell.db"]
    with database.writer.connect() as connection:
        if request.param == "with statistics":
            connection.execute(text("ANALYZE"))
        connection.commit()
    with app.app_context():
        yield database
    close(app)


def author_of(session, role):
    found = session.scalars(select(Operator).where(Operator.role == role)).first()
    return Author.operator(found.id, found.name, sees_all=role != "operator")


@contextmanager
def watched(database):
    """Note every question with its values."""
    asked = []

    def note(_connection, _cursor, statement, values, *_):
        if statement.startswith("SELECT"):
            asked.append((statement, values))

    event.listen(database.reader, "before_cursor_execute", note)
    yield asked
    event.remove(database.reader, "before_cursor_execute", note)


def plans(database, ask):
    """Run ``ask`` and return the plan of every question that it asked."""
    found = []
    with database.read() as session, watched(database) as asked:
        ask(session)
    assert asked
    with database.read() as session:
        connection = session.connection()
        if database.sqlite:
            explain = "EXPLAIN QUERY PLAN"
        else:
            explain = "EXPLAIN (COSTS OFF)"
            # Of some hundred rows a walk is cheapest: is there another way for millions?
            for way in ("enable_seqscan", "enable_sort", "enable_bitmapscan"):
                connection.exec_driver_sql(f"SET LOCAL {way} = off")
        for statement, values in asked:
            rows = connection.exec_driver_sql(f"{explain} {statement}", values).all()
            found.append("\n".join(str(row[-1]) for row in rows))
    return found


def faults(plan):
    """Return the lines of a plan that cost more the more there is."""
    found = re.findall(r".*USE TEMP B-TREE.*|.*\bSort\b.*", plan)
    for line in plan.splitlines():
        walked = re.search(r"SCAN (\w+)(?! USING)$|Seq Scan on (\w+)", line)
        if walked and (walked[1] or walked[2]) in LARGE:
            found.append(line)
    return found


@pytest.mark.parametrize("role", ["operator", "supervisor"])
@pytest.mark.parametrize("view", VIEWS)
def test_a_page_of_each_view_is_read_by_index(past, role, view):
    def ask(session):
        author = author_of(session, role)
        rows, following = lists.inbox(session, author, view, None)
        shapes.inbox_page(session, author, rows, None)
        if following is not None:
            assert lists.inbox(session, author, view, following)[0]

    assert [fault for plan in plans(past, ask) for fault in faults(plan)] == []


@pytest.mark.parametrize("role", ["operator", "supervisor"])
def test_a_chat_is_opened_by_index(past, role):
    def ask(session):
        author = author_of(session, role)
        rows, _ = lists.inbox(session, author, "all", None)
        shapes.opened_conversation(session, author, rows[0].id, [])
        shapes.earlier_page(session, author, rows[0].id, 5)

    assert [fault for plan in plans(past, ask) for fault in faults(plan)] == []


def test_a_walk_and_a_sort_would_be_seen(past):
    def ask(session):
        found = select(Conversation.id).where(Conversation.started_title == "x")
        session.execute(found.order_by(Conversation.started_url)).all()

    [plan] = plans(past, ask)
    assert len(faults(plan)) >= 2
