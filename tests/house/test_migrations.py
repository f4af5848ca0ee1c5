"""The migrations are one chain, lead to the models' tables, and go both ways with data in them."""

import re
from datetime import UTC, datetime
from importlib import import_module
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from kell.core.db import Model, engines, migrate
from kell.core.paths import MIGRATIONS

SCRIPTS = ScriptDirectory(str(MIGRATIONS))
NUMBERS = sorted(each.revision for each in SCRIPTS.walk_revisions())
SAMPLE: dict[type, Any] = {
    datetime: datetime(2026, 11, 22, 10, 37, 3, tzinfo=UTC),
    bool: True,
    int: 7,
    float: 0.5,
    # JSON
    object: {"a": [1]},
}
# Where a constraint asks for more than any text.
FITTING = {("operators", "role"): "admin"}


@pytest.fixture
def engine(database_url):
    """A writer on a migrated database, as the server has one."""
    writer = engines.make_writer(database_url, connections=1)
    yield writer
    writer.dispose()


@pytest.mark.once
def test_they_are_numbered_without_gaps():
    assert [f"{number:04d}" for number in range(1, len(NUMBERS) + 1)] == NUMBERS
    for each in SCRIPTS.walk_revisions():
        assert re.fullmatch(rf"{each.revision}_[a-z_]+\.py", each.path.rsplit("/", 1)[-1])
        before = f"{int(each.revision) - 1:04d}"
        assert each.down_revision == (None if before == "0000" else before)
        assert not each.branch_labels


@pytest.mark.once
def test_there_is_one_head():
    assert SCRIPTS.get_heads() == [NUMBERS[-1]] == [migrate.head()]


def test_they_lead_to_the_tables_of_the_models(engine):
    import_module("kell.app")
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "compare_type": True,
                "compare_server_default": True,
                "include_object": is_of_the_models,
            },
        )
        assert compare_metadata(context, Model.metadata) == []


def is_of_the_models(_thing: Any, name: str, kind: str, *_: Any) -> bool:
    """Say whether the models know of it; PostgreSQL alone has an index of words in its table."""
    return (kind, name) not in {("column", "words"), ("index", "ix_messages_words")}


def test_constraints_have_the_names_that_migrations_can_give_them(engine):
    inspector = sa.inspect(engine)
    for name, table in Model.metadata.tables.items():
        made = {each["name"] for each in inspector.get_foreign_keys(name)}
        assert made == {each.name for each in table.foreign_key_constraints}
        assert inspector.get_pk_constraint(name)["name"] == f"pk_{name}"
        made = {each["name"] for each in inspector.get_check_constraints(name)}
        assert made == {
            str(each.name) for each in table.constraints if isinstance(each, sa.CheckConstraint)
        }


def tables_of(connection: sa.Connection) -> list[sa.Table]:
    """Return the tables that there are now, those that others refer to first."""
    found = sa.MetaData()
    found.reflect(connection)
    return [each for each in found.sorted_tables if each.name != "alembic_version"]


def fill(connection: sa.Connection) -> None:
    """Put a row into each table that has none."""
    for table in tables_of(connection):
        if connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one():
            continue
        connection.execute(
            table.insert().values(
                {each.name: value(connection, each) for each in table.c if not each.computed}
            )
        )


def value(connection: sa.Connection, column: sa.Column[Any]) -> Any:
    """Return something that fits a column, every one that may be empty included."""
    for key in column.foreign_keys:
        if key.column.table is column.table:
            return None
        return connection.execute(sa.select(key.column)).scalars().first()
    if (column.table.name, column.name) in FITTING:
        return FITTING[column.table.name, column.name]
    kind = column.type.python_type
    if kind is str:
        return "0123456789abcdef"[: column.type.length or 16]
    return SAMPLE[kind]


def rows(connection: sa.Connection) -> dict[str, Any]:
    """Return everything that is stored, by table and column."""
    return {
        table.name: [row._asdict() for row in connection.execute(sa.select(table))]
        for table in tables_of(connection)
    }


def test_each_goes_up_down_and_up_again_with_data_in_it(engine):
    migrate.downgrade(engine, "base")
    with engine.connect() as connection:
        assert tables_of(connection) == []
    before: dict[str, Any] = {}
    for number in NUMBERS:
        migrate.upgrade(engine, number)
        with engine.begin() as connection:
            assert migrate.current(connection) == number
            assert_kept(before, rows(connection))
            fill(connection)
            full = rows(connection)
        migrate.downgrade(engine, "-1")
        with engine.connect() as connection:
            assert_kept(rows(connection), before, both_ways=True)
        migrate.upgrade(engine, number)
        with engine.begin() as connection:
            assert_kept(before, rows(connection))
            fill(connection)
            before = rows(connection)
        assert set(before) == set(full)
    with engine.connect() as connection:
        assert all(before.values())


def assert_kept(old: dict[str, Any], new: dict[str, Any], *, both_ways: bool = False) -> None:
    """Check that what stood in ``old`` stands in ``new``: no row is lost, no value changed."""
    for name, stored in old.items():
        assert len(new.get(name, [])) == len(stored), name
        for was, now in zip(stored, new[name], strict=True):
            shared = was.keys() & now.keys()
            assert {each: was[each] for each in shared} == {each: now[each] for each in shared}
            assert both_ways or shared == was.keys(), f"{name} lost a column"


def test_going_up_where_it_is_up_changes_nothing(engine):
    with engine.begin() as connection:
        fill(connection)
        before = rows(connection)
    migrate.upgrade(engine)
    with engine.connect() as connection:
        assert rows(connection) == before


def test_a_migration_that_fails_leaves_nothing_behind(engine, monkeypatch):
    migrate.downgrade(engine, "base")
    last = SCRIPTS.get_revision(NUMBERS[-1]).path

    def fail(*_: Any, **__: Any) -> None:
        raise RuntimeError(f"in the middle of {last}")

    monkeypatch.setattr("alembic.op.create_index", fail)
    with pytest.raises(RuntimeError, match="in the middle"):
        migrate.upgrade(engine)
    with engine.connect() as connection:
        assert tables_of(connection) == []
