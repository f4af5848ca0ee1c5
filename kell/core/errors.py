"""One family of errors with stable codes, the same through every door.

A client has the words; the server gives the code and the facts.
"""

import secrets
from typing import ClassVar, TypedDict


class ErrorBody(TypedDict, total=False):
    """What stands under ``error`` in every refusal."""

    code: str
    field: str
    retry_after: float
    number: str


class AppError(Exception):
    """A refusal that the caller can act on. Anything else is a bug and is answered ``Broken``."""

    code: ClassVar[str]
    status: ClassVar[int]

    def __init__(
        self, detail: str = "", *, field: str | None = None, retry_after: float | None = None
    ) -> None:
        super().__init__(detail or self.code)
        self.field = field
        self.retry_after = retry_after

    def body(self) -> dict[str, ErrorBody]:
        """Return ``{"error": {"code", "field"?, "retry_after"?}}``."""
        error: ErrorBody = {"code": self.code}
        if self.field is not None:
            error["field"] = self.field
        if self.retry_after is not None:
            error["retry_after"] = round(self.retry_after, 3)
        return {"error": error}


class Broken(AppError):
    """A bug of ours. Its number is what somebody can quote: it stands in the log line as well."""

    code, status = "internal", 500

    def __init__(self) -> None:
        super().__init__()
        # Six digits: seven would be withheld from the log, as somebody's telephone number.
        self.number = secrets.token_hex(3)

    def body(self) -> dict[str, ErrorBody]:
        """Return ``{"error": {"code", "number"}}``."""
        return {"error": {"code": self.code, "number": self.number}}


class Invalid(AppError):
    """A value is missing, malformed or out of range; ``field`` names it."""

    code, status = "invalid", 400


class UnknownCommand(AppError):
    code, status = "unknown_command", 404


class Unauthenticated(AppError):
    """No valid token or session came with the request."""

    code, status = "unauthenticated", 401


class ForeignOrigin(AppError):
    """The request comes from a page that may not send it."""

    code, status = "foreign_origin", 403


class NotFound(AppError):
    """It doesn't exist, or is out of the caller's reach: a stranger can't tell which."""

    code, status = "not_found", 404


class Forbidden(AppError):
    """Within reach, but this role may not do it."""

    code, status = "forbidden", 403


class TooLarge(AppError):
    code, status = "too_large", 413


class RateLimited(AppError):
    """Too often; ``retry_after`` says in how many seconds to come back."""

    code, status = "rate_limited", 429


class RetryLater(AppError):
    """Nothing was written and nothing is wrong with the request: send the same again."""

    code, status = "retry_later", 503
