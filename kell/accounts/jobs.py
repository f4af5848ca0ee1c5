"""What the worker does for accounts."""

from typing import Any

from kell.accounts import first_login, links
from kell.accounts.models import Operator
from kell.core import db
from kell.core.config.current import current


def forget_first_login(payload: dict[str, Any]) -> None:
    """Remove the file with the first login, if it is this operator's."""
    with db.read() as session:
        operator = session.get(Operator, payload["operator_id"])
        email = operator.email if operator else None
    if email is not None:
        first_login.forget(current().data, email)


def issue_reset(payload: dict[str, Any]) -> None:
    """Mail a link for a new password to whoever has forgotten theirs."""
    db.write(lambda tx: links.issue_reset(tx, payload["email"]))
