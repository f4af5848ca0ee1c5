"""The catalogues of ``locales/``, for what the server writes itself."""

import json
from functools import cache

from kell.core.paths import LOCALES

LANGUAGES = ("en", "et", "ru", "uk")


def language_of(*wanted: str | None) -> str:
    """Return the first language among the wished-for that we speak (``et-EE`` is ``et``)."""
    for wish in wanted:
        language = (wish or "").partition("-")[0].lower()
        if language in LANGUAGES:
            return language
    return LANGUAGES[0]


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
