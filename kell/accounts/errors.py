"""Refusals that only this feature gives."""

from kell.core.errors import AppError


class LoginFailed(AppError):
    """E-mail or password is wrong, or the operator is disabled: the answer never says which."""

    code, status = "login_failed", 401


class EmailTaken(AppError):
    """Somebody signs in with this e-mail already."""

    code, status = "email_taken", 409
