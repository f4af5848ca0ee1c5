"""Public identifiers and secrets."""

import secrets

import uuid_utils

Id = str
"""A UUIDv7 (RFC 9562) as 32 hex digits: unguessable enough to name, never enough to authorise."""

ID_PATTERN = r"^[0-9a-f]{32}$"


def new_id() -> Id:
    """Return a new identifier. Ids made later sort later, which keeps indexes compact."""
    return uuid_utils.uuid7().hex


def new_secret() -> str:
    """Return 256 random bits as 43 URL-safe characters."""
    return secrets.token_urlsafe(32)
