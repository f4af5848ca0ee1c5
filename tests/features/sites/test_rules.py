"""Colours that can be read, pages that may embed, texts that fit."""

import re

import pytest

from kell.core.paths import ROOT
from kell.sites import rules

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    "color", ["#2a55b5", "#2f5d50", "#000000", "#ffffff", "#ffcc00", "#d0112f"]
)
def test_a_colour_on_which_white_or_ink_is_read_is_taken(color):
    assert rules.readable(color) == color


@pytest.mark.parametrize("color", ["#7c7c7c", "#6f8a3a", "#c65a3f"])
def test_one_on_which_neither_is_read_is_refused(color):
    with pytest.raises(ValueError, match="readable"):
        rules.readable(color)


def test_contrast_is_that_of_wcag():
    assert rules.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert rules.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_the_browser_reckons_with_the_same_numbers():
    source = (ROOT / "browser/ui/colour.ts").read_text(encoding="utf-8")
    constants = dict(re.findall(r'const (\w+) = "?([#\w.]+)"?;', source))
    assert (constants["INK"], constants["WHITE"]) == ("#141b27", "#ffffff")
    assert float(constants["READABLE"]) == rules.READABLE


@pytest.mark.parametrize(
    ("patterns", "origin", "allowed"),
    [
        ([], "https://anything.example", True),
        (["https://shop.example"], "https://shop.example", True),
        (["https://shop.example"], "http://shop.example", False),
        (["https://shop.example"], "https://shop.example:8443", False),
        (["https://shop.example"], "https://evil-shop.example", False),
        (["https://*.shop.example"], "https://www.shop.example", True),
        (["https://*.shop.example"], "https://a.b.shop.example", True),
        (["https://*.shop.example"], "https://shop.example", False),
        (["https://*.shop.example"], "https://evilshop.example", False),
        (["https://*.shop.example"], "http://www.shop.example", False),
        (["https://*.shop.example:8443"], "https://www.shop.example:8443", True),
    ],
)
def test_who_may_embed(patterns, origin, allowed):
    assert rules.allows(patterns, origin) is allowed


@pytest.mark.parametrize(
    "given",
    [
        "",
        "shop",
        "ftp://shop.example",
        "https://",
        "https://a b",
        "https://*.",
        "https://a..b",
        "*",
    ],
)
def test_what_is_no_origin_is_refused(given):
    with pytest.raises(ValueError, match=r"origin|host"):
        rules.origin_pattern(given)


def test_a_text_may_leave_a_place_out_but_not_invent_one():
    rules.fits_place("en", "common.typing", "somebody is typing")
    with pytest.raises(ValueError, match="place"):
        rules.fits_place("en", "common.typing", "{{who}} is typing")
    with pytest.raises(ValueError, match="no text"):
        rules.fits_place("en", "mail.reply.subject", "Hello")
