"""Public holidays of a country, by the package ``holidays``; computed, nothing is asked for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import holidays

# The package's spelling of the languages that we speak.
_SPELLED = {"en": "en_US", "et": "et", "ru": "ru", "uk": "uk"}


@dataclass(frozen=True, slots=True)
class PublicHolidays:
    """The days off of a country, or of a part of it, named in a language if it has names in it."""

    country: str
    subdivision: str | None = None
    language: str | None = None

    def name_of(self, day: date) -> str | None:
        """Return the name of the holiday that a day is."""
        return _of_year(self.country, self.subdivision, self.language, day.year).get(day)

    def of_year(self, year: int) -> Mapping[date, str]:
        """Return all days off of a year, in order."""
        return _of_year(self.country, self.subdivision, self.language, year)


@lru_cache(maxsize=1)
def countries() -> Mapping[str, tuple[str, ...]]:
    """Return the known countries (ISO 3166-1 alpha-2), each with its known parts."""
    known = holidays.list_supported_countries(include_aliases=False)
    return {code: tuple(sorted(parts)) for code, parts in sorted(known.items()) if len(code) == 2}


def public_holidays(
    country: str, subdivision: str | None = None, language: str | None = None
) -> PublicHolidays:
    """Return the holidays of a country.

    Raises:
        ValueError: there is no such country, or no such part of it.
    """
    parts = countries().get(country)
    if parts is None:
        raise ValueError(f"no holidays are known of {country!r}")
    if subdivision is not None and subdivision not in parts:
        raise ValueError(f"{country} has no {subdivision!r}")
    return PublicHolidays(country, subdivision, language)


@lru_cache(maxsize=256)
def _of_year(
    country: str, subdivision: str | None, language: str | None, year: int
) -> Mapping[date, str]:
    found = holidays.country_holidays(
        country, subdiv=subdivision, years=year, expand=False, language=_spelled(country, language)
    )
    return {day: found[day] for day in sorted(found)}


def _spelled(country: str, language: str | None) -> str | None:
    """Return the language as the package knows it: the wanted one, else the country's own.

    Named always, because otherwise the machine's locale would decide.
    """
    names = holidays.list_localized_countries().get(country, [])
    wanted = _SPELLED.get(language or "")
    if wanted in names:
        return wanted
    return holidays.country_holidays(country).default_language
