"""Statements of the message path, on the driver's own cursor.

SQLAlchemy writes the SQL and finds what converts the values, once; its ``execute`` would look the
statement up, describe and wrap its result anew each time (docs/performance.md has what that costs).
"""

from collections import namedtuple
from collections.abc import Callable, Iterable, Mapping
from typing import Any, cast

from sqlalchemy import Connection
from sqlalchemy.engine import Dialect
from sqlalchemy.engine.interfaces import DBAPICursor
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.compiler import SQLCompiler

Convert = Callable[[Any], Any]


class Statement:
    """A statement that is run often, with values by name. It gives no row, or one.

    ``made`` is the statement, or a function that makes it for a database's name.
    """

    def __init__(self, made: Any, columns: Iterable[str] | None = None) -> None:
        self._made = made
        self._columns = None if columns is None else list(columns)
        self._prepared: dict[str, _Prepared] = {}

    def first(self, connection: Connection, values: Mapping[str, Any]) -> Any:
        """Run it and return its row, a named tuple, or None.

        Raises:
            DBAPIError: as SQLAlchemy's own execution would.
        """
        return self._for(connection).first(connection, values)

    def count(self, connection: Connection, values: Mapping[str, Any]) -> int:
        """Run it and return how many rows it has written.

        Raises:
            DBAPIError: as SQLAlchemy's own execution would.
        """
        return self._for(connection).count(connection, values)

    def _for(self, connection: Connection) -> "_Prepared":
        dialect = connection.dialect
        prepared = self._prepared.get(dialect.name)
        if prepared is None:
            made = self._made(dialect.name) if callable(self._made) else self._made
            compiled = made.compile(dialect=dialect, column_keys=self._columns)
            prepared = self._prepared[dialect.name] = _Prepared(compiled, dialect)
        return prepared


class _Prepared:
    """SQL of one database, and how values go in and come out."""

    def __init__(self, compiled: SQLCompiler, dialect: Dialect) -> None:
        self._sql = str(compiled)
        self._order = compiled.positiontup
        self._fixed = {
            name: bind.value for name, bind in compiled.binds.items() if not bind.required
        }
        self._into = _converters(
            (name, bind.type.dialect_impl(dialect).bind_processor(dialect))
            for name, bind in compiled.binds.items()
        )
        columns = compiled._result_columns  # noqa: SLF001  nowhere else with their types
        self._out_of = _converters(
            (place, column.type.dialect_impl(dialect).result_processor(dialect, None))
            for place, column in enumerate(columns)
        )
        self._row = row_type("Row", [column.keyname for column in columns])

    def count(self, connection: Connection, values: Mapping[str, Any]) -> int:
        written: int = run(connection, self._sql, self._given(values), _written)
        return written

    def first(self, connection: Connection, values: Mapping[str, Any]) -> Any:
        found = run(connection, self._sql, self._given(values), _first)
        if found is None:
            return None
        row = list(found)
        for place, convert in self._out_of:
            if row[place] is not None:
                row[place] = convert(row[place])
        return self._row._make(row)

    def _given(self, values: Mapping[str, Any]) -> Any:
        given = {**self._fixed, **values}
        for name, convert in self._into:
            given[name] = convert(given[name])
        return given if self._order is None else [given[name] for name in self._order]


def run(
    connection: Connection,
    sql: str,
    values: Any = (),
    answer: Callable[[DBAPICursor], Any] | None = None,
) -> Any:
    """Run one statement on the driver's cursor and return what ``answer`` takes from it.

    Raises:
        DBAPIError: whatever the driver raised, as SQLAlchemy would say it.
    """
    # Past the pool's proxy.
    cursor: DBAPICursor = connection.connection.dbapi_connection.cursor()  # type: ignore[union-attr]
    try:
        cursor.execute(sql, values)
        return answer(cursor) if answer else None
    except connection.dialect.loaded_dbapi.Error as error:
        raise as_sqlalchemy_says(connection, sql, error) from error
    finally:
        cursor.close()


def _first(cursor: DBAPICursor) -> Any:
    return cursor.fetchone() if cursor.description else None


def _written(cursor: DBAPICursor) -> int:
    return cursor.rowcount


def row_type(name: str, columns: list[str]) -> Any:
    """Return a named tuple's type; what isn't given is None."""
    return cast("Any", namedtuple)(name, columns, defaults=[None] * len(columns))


def _converters(found: Iterable[tuple[Any, Convert | None]]) -> list[tuple[Any, Convert]]:
    return [(place, convert) for place, convert in found if convert is not None]


def as_sqlalchemy_says(connection: Connection, sql: str, error: Exception) -> BaseException:
    """Return what SQLAlchemy would raise for an error of the driver, having marked a lost one."""
    dialect = connection.dialect
    gone = dialect.is_disconnect(cast("Any", error), connection.connection, None)
    if gone:
        connection.invalidate(error)
    return DBAPIError.instance(
        sql,
        None,
        error,
        dialect.loaded_dbapi.Error,
        hide_parameters=True,
        connection_invalidated=gone,
        dialect=dialect,
    )
