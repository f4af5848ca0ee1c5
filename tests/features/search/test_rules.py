"""Words, and where they stand."""

import pytest

from kell.search import rules

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Õun ÄÖÜ ŠŽ", "oun aou sz"),
        ("o\u0303un", "oun"),
        ("Ещё мой їжак", "еще мой їжак"),
        ("İstanbul Straße Łódź", "istanbul straße łodz"),
    ],
)
def test_marks_and_case_don_t_matter(text, folded):
    assert rules.fold(text) == folded


def test_only_the_last_words_of_many_are_asked():
    assert rules.terms_of_text(" ".join("abcdefghij")).words == tuple("cdefghij")


def test_one_letter_is_no_beginning():
    assert not rules.terms_of_text("x").open_end
    assert rules.terms_of_text("xy").open_end


def test_a_phone_is_its_digits():
    assert rules.terms_of_person("+372 5123-4567").words == ("37251234567",)


@pytest.mark.parametrize("length", [10, 150, 5000])
def test_an_excerpt_is_short_and_marks_every_place(length):
    text = "lorem " * length + "Tuvi and tuvike " + "ipsum " * length
    cut, places = rules.excerpt(text, rules.terms_of_text("tuvi"))
    assert [cut[start:end] for start, end in places] == ["Tuvi", "tuvi"]
    assert len(cut) <= rules.EXCERPT + 2
    assert cut.strip("…") in text


def test_a_text_without_spaces_is_cut_too():
    cut, places = rules.excerpt("x" * 500 + "-tuvi-" + "y" * 500, rules.terms_of_text("tuvi"))
    assert [cut[start:end] for start, end in places] == ["tuvi"]
    assert len(cut) <= rules.EXCERPT + 2


def test_ranges_count_as_javascript_does():
    cut, [(start, end)] = rules.excerpt("😀😀 tuvi", rules.terms_of_text("tuvi"))
    assert cut.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le") == "tuvi"
