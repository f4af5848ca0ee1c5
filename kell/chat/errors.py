"""Refusals of the chat."""

from kell.core.errors import AppError


class ConversationClosed(AppError):
    """It takes no messages any more."""

    code, status = "conversation_closed", 409


class AlreadyTaken(AppError):
    """A colleague answers this chat: it can be handed over, not taken."""

    code, status = "already_taken", 409


class AlreadySent(AppError):
    """The same client id was accepted before: whoever sees this answers what was answered then."""

    code, status = "already_sent", 409
