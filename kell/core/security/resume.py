"""Signed words that open a visitor's own chats again, from a mail."""

from flask import current_app
from itsdangerous import BadData, URLSafeTimedSerializer

from kell.core.ids import Id

LASTS = 30 * 24 * 60 * 60  # seconds
_SALT = "kell.resume"


def resume_link(visitor_id: Id) -> str:
    """Return words for a link; whoever has them is taken for this visitor."""
    return str(_serializer().dumps(visitor_id))


def resumed(words: str) -> Id | None:
    """Return the visitor whom the words name, if they are ours and not too old."""
    try:
        return str(_serializer().loads(words, max_age=LASTS))
    except BadData:
        return None


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.secret_key or "", salt=_SALT)
