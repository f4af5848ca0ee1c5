"""Signed words of links that let an operator in once: an invitation, or a new password."""

from flask import current_app
from itsdangerous import BadData, URLSafeSerializer

from kell.core.ids import Id

_SALT = "kell.account-link"


def words_of(link_id: Id) -> str:
    """Return the words for a link. When it ends, and whether it was used, stands in its row."""
    return str(_serializer().dumps(link_id))


def link_of(words: str) -> Id | None:
    """Return the link that the words name, if they are ours."""
    try:
        return str(_serializer().loads(words))
    except BadData:
        return None


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key or "", salt=_SALT)
