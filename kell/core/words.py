"""The catalogues of ``locales/``, for what the server writes itself."""

import json
from collections.abc import Mapping
from functools import cache
from typing import Literal, get_args

from kell.core.paths import LOCALES

Language = Literal["en", "et", "ru", "uk"]
LANGUAGES: tuple[Language, ...] = get_args(Language)


def language_of(*wanted: str | None) -> Language:
    """Return the first language among the wished-for that we speak (``et-EE`` is ``et``)."""
    for wish in wanted:
        short = (wish or "").partition("-")[0].lower()
        for language in LANGUAGES:
            if language == short:
                return language
    return LANGUAGES[0]


def catalogue(language: str) -> Mapping[str, str]:
    """Return all texts of a language, by key."""
    return _catalogue(language)


def words(language: str, key: str, **values: str) -> str:
    """Return a text of the catalogue with its ``{placeholders}`` filled."""
    text = _catalogue(language)[key]
    for name, value in values.items():
        text = text.replace("{" + name + "}", value)
    return text


@cache
def _catalogue(language: str) -> dict[str, str]:
    found: dict[str, str] = json.loads((LOCALES / f"{language}.json").read_text(encoding="utf-8"))
    return found
