"""Days off: of a country or a part of it, in its own words."""

from datetime import date

import pytest

from kell.core.calendar import countries, public_holidays

pytestmark = pytest.mark.once

MIDSUMMER = date(2026, 6, 24)


def test_a_country_names_its_holidays_itself_whatever_the_machine_speaks(monkeypatch):
    for language in ("en_US.UTF-8", "uk_UA.UTF-8"):
        monkeypatch.setenv("LANGUAGE", language)
        assert public_holidays("EE").name_of(MIDSUMMER) == "jaanipäev"
    assert public_holidays("UA").name_of(date(2020, 1, 1)) == "Новий рік"


def test_a_language_that_has_names_for_them_is_spoken():
    assert public_holidays("EE", language="en").name_of(MIDSUMMER) == "Midsummer Day"
    assert public_holidays("EE", language="uk").name_of(MIDSUMMER) is not None
    assert public_holidays("EE", language="ru").name_of(MIDSUMMER) == "jaanipäev"


def test_a_part_of_a_country_has_days_of_its_own():
    epiphany = date(2026, 1, 6)
    assert public_holidays("DE", "BY").name_of(epiphany) is not None
    assert public_holidays("DE", "BE").name_of(epiphany) is None
    assert public_holidays("DE").name_of(epiphany) is None


def test_a_year_is_listed_in_order():
    days = list(public_holidays("EE").of_year(2026))
    assert days == sorted(days)
    assert MIDSUMMER in days


@pytest.mark.parametrize(
    ("country", "part"), [("XX", None), ("ee", None), ("EE", "37"), ("", None)]
)
def test_what_is_no_country_is_refused(country, part):
    with pytest.raises(ValueError, match="no"):
        public_holidays(country, part)


def test_the_countries_are_many_and_have_parts():
    assert {"EE", "FI", "LV", "UA", "US", "DE"} <= set(countries())
    assert "BY" in countries()["DE"]
