"""Refusals that only this feature gives."""

from kell.core.errors import AppError


class LoginFailed(AppError):
    """E-mail or password is wrong, or the operator is disabled: the answer never says which."""

    code, status = "login_failed", 401


class TeamInUse(AppError):
    """It has conversations or sites, or is the last one there is."""

    code, status = "team_in_use", 409


class LinkExpired(AppError):
    """The link from the mail was used before, or is too old: there can be another."""

    code, status = "link_expired", 410


class EmailTaken(AppError):
    """Somebody signs in with this e-mail already."""

    code, status = "email_taken", 409
