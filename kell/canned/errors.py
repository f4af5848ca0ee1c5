"""Refusals about canned replies."""

from kell.core.errors import AppError


class ShortcutTaken(AppError):
    """There it stands for another reply."""

    code, status = "shortcut_taken", 409
