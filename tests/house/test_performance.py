"""The figures in the docs are those of the bench, and none is rounded in our favour."""

import json
import re

import pytest

from bench import report
from bench.measure import Measure
from bench.report import DOCS, FIGURES, WORDS, markdown
from bench.suites import SUITES

pytestmark = pytest.mark.once


def test_the_docs_are_what_their_figures_give():
    found = json.loads(FIGURES.read_text(encoding="utf-8"))
    renew = "it is stale: renew it with `.venv/bin/python -m bench.report docs/performance.json`"
    assert DOCS.read_text(encoding="utf-8") == markdown(found), renew


def test_every_table_of_the_bench_has_its_place_in_the_docs():
    words = WORDS.read_text(encoding="utf-8")
    found = json.loads(FIGURES.read_text(encoding="utf-8"))["measures"]
    assert {each["table"] for each in found} <= set(re.findall(r"\{\{table:(\w+)\}\}", words))
    assert all(suite.about for suite in SUITES.values())


def test_a_figure_with_a_budget_is_rounded_against_us():
    less = _measure([0.9996], at_least=1.0)
    more = _measure([20.02], at_most=20.0)
    assert "**0.999** x | 1 | ≥ 1, **not reached** |" in report.table([less])
    assert "**20.1** x | 20 | ≤ 20, **not reached** |" in report.table([more])
    assert report.missed([less, more]).count("\n") == 1


def test_a_budget_that_is_reached_exactly_is_reached():
    assert not report.is_missed(_measure([1.0], at_least=1.0))
    assert report.missed([_measure([1.0], at_least=1.0), _measure([7.0])]) == "None."


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "0"), (1234567.8, "1,234,568"), (123.4, "123"), (12.34, "12.3"), (0.01234, "0.0123")],
)
def test_three_digits_count(value, text):
    assert report.shown(value) == text


def _measure(runs, **budget):
    return Measure(name="some", unit="x", runs=runs, about="it", table="here", **budget).as_json()
