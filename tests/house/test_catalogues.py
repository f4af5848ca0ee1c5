"""One catalogue a language; all say the same things."""

import json
import re

import pytest

from kell.core.paths import ROOT

pytestmark = pytest.mark.once

LANGUAGES = ("en", "et", "ru", "uk")
# CLDR: the plural forms that integers and fractions need.
FORMS = {
    "en": {"one", "other"},
    "et": {"one", "other"},
    "ru": {"one", "few", "many", "other"},
    "uk": {"one", "few", "many", "other"},
}
PLURAL = re.compile(r"(?P<key>.+)_(?P<form>zero|one|two|few|many|other)")
# Browsers fill in {{this}}, the server {this}.
PLACEHOLDER = re.compile(r"\{\{(\w+)\}\}|\{(\w+)\}")


def catalogue(language):
    return json.loads((ROOT / "locales" / f"{language}.json").read_text(encoding="utf-8"))


CATALOGUES = {language: catalogue(language) for language in LANGUAGES}
ENGLISH = CATALOGUES["en"]


def plurals(texts):
    """Return the forms of each key that counts something: those that have more than one."""
    found = {}
    for name in texts:
        match = PLURAL.fullmatch(name)
        if match and f"{match['key']}_other" in texts and "{{count}}" in texts[name]:
            found.setdefault(match["key"], set()).add(match["form"])
    return found


def keys(texts):
    """Return the keys, each plural once."""
    counted = plurals(texts)
    singles = {f"{key}_{form}" for key, forms in counted.items() for form in forms}
    return (set(texts) - singles) | set(counted)


def test_there_is_a_catalogue_for_each_language_and_no_other():
    assert sorted(each.stem for each in (ROOT / "locales").glob("*.json")) == sorted(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_have_the_same_keys(language):
    assert keys(CATALOGUES[language]) == keys(ENGLISH)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_plural_has_the_forms_of_its_language(language):
    for key, forms in plurals(CATALOGUES[language]).items():
        assert forms == FORMS[language], key


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_has_the_same_places_to_fill(language):
    texts = CATALOGUES[language]
    for name, text in texts.items():
        match = PLURAL.fullmatch(name)
        model = ENGLISH.get(name) or ENGLISH[f"{match['key']}_other"]
        assert set(PLACEHOLDER.findall(text)) == set(PLACEHOLDER.findall(model)), name
        rest = PLACEHOLDER.sub("", text)
        assert "{" not in rest, name
        assert "}" not in rest, name


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_are_words_and_in_order(language):
    texts = CATALOGUES[language]
    assert list(texts) == sorted(texts)
    for name, text in texts.items():
        assert text.strip(), name
        assert not re.search(r"<\w", text), f"{name}: texts are never markup"


@pytest.mark.parametrize("language", ["ru", "uk"])
def test_nothing_is_left_in_latin_letters(language):
    """But names: of the product, of a key, of what a computer calls by it."""
    names = re.compile(
        r"Kell|Enter|Ctrl|Shift|Esc|IP|CSP|[eE]-mail|URL|SMS|PNG|JPEG|WebP|body"
        r"|https?(://\S+\.example)?"
    )
    for name, text in CATALOGUES[language].items():
        rest = names.sub("", PLACEHOLDER.sub("", text))
        assert not re.search(r"[A-Za-z]{2,}", rest), f"{name}: {text}"


def sources():
    """Return all code that shows texts."""
    folders = ("browser", "widget", "operator", "kell")
    files = [each for folder in folders for each in (ROOT / folder).rglob("*")]
    code = [each for each in files if each.suffix in {".ts", ".tsx", ".py"}]
    return "\n".join(each.read_text(encoding="utf-8") for each in code if ".test." not in each.name)


def test_every_text_is_shown_somewhere():
    code = sources()
    literal = set(re.findall(r"""["'`]([a-z][\w.]+)["'`]""", code))
    # `panel.inbox.view.${view}`: any key with this beginning may be shown.
    begun = {
        each for each in re.findall(r"[`\"']([a-z][\w.]*[._])(?:\$?\{|[\"'])", code) if "." in each
    }
    unused = [
        key
        for key in keys(ENGLISH)
        if key not in literal and not any(key.startswith(each) for each in begun)
    ]
    assert sorted(unused) == []
