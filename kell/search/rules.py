"""What counts as a word, when two are the same, and where they stand in a text."""

import re
import unicodedata
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache

import phonenumbers

WORD = re.compile(r"[^\W_]+")
MOST_WORDS = 8
# One letter begins half of all words: it is only looked for whole.
SHORTEST_PREFIX = 2
PHONE = re.compile(r"^\+?[\d\s()./-]{5,}$")

EXCERPT = 200
BEFORE = 60


@dataclass(frozen=True, slots=True)
class Terms:
    """What is looked for: all of these words, the last of which may go on."""

    words: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.words)

    @property
    def open_end(self) -> bool:
        """Say whether the last word is a prefix."""
        return len(self.words[-1]) >= SHORTEST_PREFIX

    def fits(self, word: str) -> int:
        """Return how many letters of a folded word are looked for, 0 if it isn't."""
        if word in self.words:
            return len(word)
        last = self.words[-1]
        return len(last) if self.open_end and word.startswith(last) else 0


def fold(text: str) -> str:
    """Return the text as it is compared: small letters, without the marks of Latin ones; ё is е."""
    return "".join(map(_plain, unicodedata.normalize("NFC", text).lower()))


@lru_cache(maxsize=4096)
def _plain(letter: str) -> str:
    if letter == "ё":
        return "е"
    if unicodedata.combining(letter):
        return ""
    base = unicodedata.normalize("NFD", letter)[0]
    return base if base.isascii() else letter


def terms_of_text(query: str) -> Terms:
    """Return what to look for in messages."""
    return Terms(tuple(WORD.findall(fold(query))[-MOST_WORDS:]))


def terms_of_person(query: str) -> Terms:
    """Return what to look for in names, e-mails, phones and numbers: addresses stay whole."""
    if PHONE.match(query.strip()):
        return Terms((digits(query),))
    words: list[str] = []
    for part in fold(query).split():
        words += [part] if "@" in part else WORD.findall(part)
    return Terms(tuple(words[-MOST_WORDS:]))


def digits(text: str) -> str:
    """Return the digits alone: a phone is written in many ways."""
    return "".join(each for each in text if each.isdecimal())


def words_of_person(
    number: int, name: str | None, email: str | None, phone: str | None = None
) -> set[str]:
    """Return the words by which somebody is found. A phone is one with its country or without."""
    words = {str(number), *WORD.findall(fold(name or ""))}
    if email:
        whole = fold(email)
        words |= {whole, *WORD.findall(whole)}
    if phone:
        words.add(digits(phone))
        with suppress(phonenumbers.NumberParseException):
            words.add(str(phonenumbers.parse(phone).national_number))
    return words


def spans(text: str, terms: Terms) -> list[tuple[int, int]]:
    """Return from where to where in the text something stands that is looked for."""
    found = []
    for word in WORD.finditer(text):
        plain = fold(word[0])
        if length := terms.fits(plain):
            whole = length == len(plain) or len(plain) != len(word[0])
            found.append((word.start(), word.end() if whole else word.start() + length))
    return found


def excerpt(text: str, terms: Terms) -> tuple[str, list[tuple[int, int]]]:
    """Return the part of a text where the first match stands, and the matches in it.

    Places count UTF-16 units, as JavaScript does.
    """
    found = spans(text, terms)
    start = 0
    if found and found[0][0] > BEFORE:
        start = text.rfind(" ", 0, found[0][0] - BEFORE // 2) + 1
        start = max(start, found[0][0] - BEFORE)
    end = min(len(text), start + EXCERPT)
    head, tail = "…" * (start > 0), "…" * (end < len(text))
    cut = text[start:end]

    def place(at: int) -> int:
        return len(head) + len(cut[: at - start].encode("utf-16-le")) // 2

    return f"{head}{cut}{tail}", [(place(a), place(b)) for a, b in found if b <= end]
