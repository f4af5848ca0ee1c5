"""Who a visitor is, by the word of the site that embeds the widget (REACH-2).

The site's own server knows who is signed in there, and signs that with the secret that it shares
with us. What isn't signed may be told by anybody, so it finds nothing.
"""

import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import jwt

from kell.core.errors import AppError, Invalid
from kell.sites import questionnaire

SUBJECT_AT_MOST = 200
CLOCKS_DIFFER = 30  # seconds
_HASH = re.compile(r"[0-9a-f]{64}")


class IdentityExpired(AppError):
    """The signed word was right once: the page gets a new one from its own server."""

    code, status = "identity_expired", 401


@dataclass(frozen=True, slots=True)
class Identity:
    """A person as the site knows them; contact details that can't be used are left out."""

    subject: str
    known: Mapping[str, str]


def identity(subject: str, details: Mapping[str, Any], country: str | None) -> Identity:
    """Return an identity with its name, e-mail and phone in their one form."""
    known = {}
    for key, normal in (
        ("name", lambda said: said[:SUBJECT_AT_MOST]),
        ("email", questionnaire.email),
        ("phone", lambda said: questionnaire.phone(said, country)),
    ):
        said = details.get(key)
        if isinstance(said, str) and said.strip():
            try:
                known[key] = normal(said.strip())
            except ValueError:  # they are who they are, whatever their number looks like
                continue
    return Identity(subject, known)


def from_token(secret: str, site_key: str, token: str, country: str | None) -> Identity:
    """Return whom a JSON Web Token (RFC 7519, HS256) names.

    Raises:
        Invalid: it wasn't signed with this secret for this site, or names nobody.
        IdentityExpired: it is too old.
    """
    try:
        claims = jwt.decode(
            token,
            secret,
            algorithms=["HS256"],
            audience=site_key,
            leeway=CLOCKS_DIFFER,
            options={"require": ["exp", "sub", "aud"]},
        )
    except jwt.ExpiredSignatureError:
        raise IdentityExpired from None
    except jwt.PyJWTError as error:
        raise Invalid(str(error), field="token") from None
    subject = claims["sub"]
    if not (subject.strip() and len(subject) <= SUBJECT_AT_MOST and "\0" not in subject):
        raise Invalid("sub names nobody", field="token")
    return identity(subject, claims, country)


@dataclass(frozen=True, slots=True)
class HashedUser:
    """Somebody whom a page names, with the hash that its server has made of it."""

    details: Mapping[str, str | None]
    """``id``, and ``name``, ``email``, ``phone`` as far as they are known."""
    expires: int
    """Seconds since 1970."""
    given: str


def from_hash(
    secret: str, site_key: str, user: HashedUser, country: str | None, at: datetime
) -> Identity:
    """Return whom a page names with a hash of its server: HMAC-SHA256 over what ``signed`` says.

    Raises:
        Invalid: it isn't the hash of this user with this secret on this site.
        IdentityExpired: it is too old.
    """
    words = signed(site_key, user.details, user.expires)
    right = hmac.digest(secret.encode(), words, "sha256").hex()
    if not _HASH.fullmatch(user.given) or not hmac.compare_digest(right, user.given):
        raise Invalid("it isn't signed so", field="hash")
    if user.expires + CLOCKS_DIFFER < at.timestamp():
        raise IdentityExpired
    return identity(user.details["id"] or "", user.details, country)


def signed(site_key: str, user: Mapping[str, str | None], expires: int) -> bytes:
    """Return what is signed: a line each for site, id, expiry, name, e-mail and phone."""
    details = (user.get(key) for key in ("name", "email", "phone"))
    parts = [site_key, user["id"], str(expires), *details]
    return "\n".join(part or "" for part in parts).encode()
