"""Who takes part in which conversation (REACH-3): written in the transaction of the deed."""

from datetime import datetime
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite

from kell.chat.models import Participation
from kell.core.db import Statement, Tx
from kell.core.ids import Id


def became_responsible(tx: Tx, conversation_id: Id, operator_id: Id, at: datetime) -> None:
    """Note that somebody took a conversation, or was given it."""
    _note(tx, _RESPONSIBLE, conversation_id, operator_id, at, replied_at=None)


def replied(tx: Tx, conversation_id: Id, operator_id: Id, at: datetime) -> None:
    """Note that somebody wrote to the visitor; only the first time changes anything."""
    _note(tx, _REPLIED, conversation_id, operator_id, at, replied_at=at)


def _note(
    tx: Tx,
    statement: Statement,
    conversation_id: Id,
    operator_id: Id,
    at: datetime,
    *,
    replied_at: datetime | None,
) -> None:
    values = {
        "conversation_id": conversation_id,
        "operator_id": operator_id,
        "since": at,
        "first_public_reply_at": replied_at,
    }
    statement.first(tx.connection, values)


def _insert(database: str) -> Any:
    dialect: Any = sqlite if database == "sqlite" else postgresql
    return dialect.insert(Participation.__table__).returning(Participation.operator_id)


def _responsible(database: str) -> Any:
    return _insert(database).on_conflict_do_nothing(index_elements=_KEY)


def _replied(database: str) -> Any:
    made = _insert(database)
    return made.on_conflict_do_update(
        index_elements=_KEY,
        set_={"first_public_reply_at": made.excluded.first_public_reply_at},
        where=Participation.first_public_reply_at.is_(None),
    )


_KEY = ["conversation_id", "operator_id"]
_COLUMNS = (*_KEY, "since", "first_public_reply_at")
_RESPONSIBLE = Statement(_responsible, _COLUMNS)
_REPLIED = Statement(_replied, _COLUMNS)
