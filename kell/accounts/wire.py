"""Shapes of accounts on the wire."""

from typing import Annotated

from pydantic import AfterValidator, Field, SecretStr, StringConstraints

from kell.accounts.models import RoleName
from kell.accounts.rules import PASSWORD_MAX, PASSWORD_MIN, email_key
from kell.core.ids import Id
from kell.core.wire import Shape

LoginEmail = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=254),
    AfterValidator(email_key),
]
"""As it was typed: an address that can't be one is answered like one that nobody has."""


class Me(Shape):
    """What operators see of themselves."""

    id: Id
    name: str
    email: str
    role: RoleName
    photo: str | None


class Login(Shape):
    """What signs an operator in."""

    email: LoginEmail
    password: Annotated[SecretStr, Field(min_length=1, max_length=PASSWORD_MAX)]


class ChangePassword(Shape):
    """A new password, and the present one as a proof."""

    present: Annotated[SecretStr, Field(min_length=1, max_length=PASSWORD_MAX)]
    new: Annotated[SecretStr, Field(min_length=PASSWORD_MIN, max_length=PASSWORD_MAX)]
