"""What can be wrong with what an admin does to a site."""

from kell.core.errors import AppError


class Conflict(AppError):
    """Somebody else has saved meanwhile; nothing was written. Read it again, then save."""

    code, status = "conflict", 409


class SiteInUse(AppError):
    """It has chats, which would go with it."""

    code, status = "site_in_use", 409
