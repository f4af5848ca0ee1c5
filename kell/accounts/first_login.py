"""The first login: kept in a file until its password is changed, so that nobody is locked out.

The file is written before the account, and a start that was cut off in between finds it again.
"""

from dataclasses import dataclass
from pathlib import Path

from kell.accounts.passwords import new_password
from kell.accounts.rules import email_key
from kell.core.config import ConfigError
from kell.core.config.private_file import kept_once

FILE = "first-login"


@dataclass(frozen=True, slots=True)
class FirstLogin:
    """What ``make run`` prints."""

    email: str
    password: str


def offer(data: Path, email: str) -> FirstLogin:
    """Return the login that is kept in ``data``, or make one for ``email`` and keep it.

    Raises:
        ConfigError: the file holds something else.
        OSError: it can't be read or written.
    """
    kept_once(data / FILE, lambda: f"{email_key(email)} {new_password()}")
    login = kept(data)
    if login is None:
        advice = "Remove it, and a new one is made"
        raise ConfigError([f"KELL_DATA: {data / FILE} holds no e-mail and password. {advice}"])
    return login


def kept(data: Path) -> FirstLogin | None:
    """Return the login in the file, if it still is there."""
    try:
        words = (data / FILE).read_text(encoding="utf-8").split()
    except FileNotFoundError:
        return None
    return FirstLogin(*words) if len(words) == 2 else None


def forget(data: Path, email: str) -> None:
    """Remove the file if it is about ``email``, whose password is another one now."""
    login = kept(data)
    if login is not None and login.email == email_key(email):
        (data / FILE).unlink(missing_ok=True)
