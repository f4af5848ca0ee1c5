"""What operators do about themselves."""

from sqlalchemy import select

from kell.accounts.actions import change_password, locked_operator
from kell.accounts.errors import EmailTaken, LoginFailed
from kell.accounts.events import ReachChanged
from kell.accounts.models import Operator
from kell.accounts.rules import email_key
from kell.core.db import Tx
from kell.core.ids import Id


def rename(tx: Tx, operator_id: Id, name: str) -> None:
    """Give oneself another name. Messages show it from now on, the old ones too."""
    operator = locked_operator(tx, operator_id)
    if operator.name != name:
        operator.name = name
        _come_anew(tx, operator)


def choose_photo(tx: Tx, operator_id: Id, address: str | None) -> None:
    """Take a picture, or none."""
    operator = locked_operator(tx, operator_id)
    if operator.photo != address:
        operator.photo = address
        _come_anew(tx, operator)


def replace_password(tx: Tx, operator_id: Id, *, checked_hash: str, new_hash: str) -> None:
    """Store a new password and end every session.

    Raises:
        LoginFailed: meanwhile the password is another than the one that was checked.
    """
    if locked_operator(tx, operator_id).password_hash != checked_hash:
        raise LoginFailed(field="present")
    change_password(tx, operator_id, new_hash)


def introduce(tx: Tx, operator_id: Id, *, name: str, email: str) -> None:
    """Give the first admin a name and an e-mail of their own.

    Raises:
        EmailTaken: somebody else has this e-mail.
    """
    operator = locked_operator(tx, operator_id)
    key = email_key(email)
    others = select(Operator.id).where(Operator.email == key, Operator.id != operator_id)
    if tx.session.scalar(others) is not None:
        raise EmailTaken(field="email")
    operator.name, operator.email = name, key


def _come_anew(tx: Tx, operator: Operator) -> None:
    """Have sockets opened again: they know their operator as they were."""
    operator.reach += 1
    tx.happened(ReachChanged(operator.id))
