"""Signed words that open a visitor's own chat again, from a mail."""

from typing import NamedTuple

from flask import current_app
from itsdangerous import BadData, URLSafeTimedSerializer

from kell.core.ids import Id

LASTS = 30 * 24 * 60 * 60  # seconds
_SALT = "kell.resume"


class Resumed(NamedTuple):
    """Who comes back, and to which conversation."""

    visitor_id: Id
    conversation_id: Id


def resume_link(visitor_id: Id, conversation_id: Id) -> str:
    """Return words for a link; whoever has them is taken for this visitor."""
    return str(_serializer().dumps([visitor_id, conversation_id]))


def resumed(words: str) -> Resumed | None:
    """Return what the words name, if they are ours and not too old."""
    try:
        visitor_id, conversation_id = _serializer().loads(words, max_age=LASTS)
    except (BadData, ValueError, TypeError):
        return None
    return Resumed(visitor_id, conversation_id)


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.secret_key or "", salt=_SALT)
