"""Texts as people write them: a few words often, many seldom, in four languages."""

import random
from collections.abc import Sequence
from itertools import accumulate, product

BEGINNINGS = {
    "et": ("tel", "makse", "saad", "kir", "lõng", "värv", "õmb", "pood", "tagas", "küsi", "täna"),
    "en": ("order", "deliv", "pay", "card", "wool", "pack", "ship", "ask", "refund", "col", "sto"),
    "ru": ("заказ", "достав", "опла", "карт", "шерст", "цвет", "верн", "вопр", "ещё", "ёлк"),
    "uk": ("замов", "достав", "сплат", "карт", "вовн", "колір", "питан", "дяк", "їжак"),
}  # fmt: skip
MIDDLES = {
    "et": ("", "i", "ta", "is", "use", "mi", "la"),
    "en": ("", "er", "ing", "ab", "al", "i", "men"),
    "ru": ("", "ыва", "ова", "ни", "ен", "и", "а"),
    "uk": ("", "юва", "ова", "ни", "ен", "і", "а"),
}
ENDS = {
    "et": ("", "d", "st", "le", "ks", "ga", "ni", "n", "me", "te"),
    "en": ("", "s", "ed", "ly", "t", "y", "ness", "e", "le", "o"),
    "ru": ("", "а", "у", "ом", "ы", "ть", "ый", "ая", "е", "ов"),
    "uk": ("", "а", "у", "ом", "и", "ти", "ий", "ої", "е", "ів"),
}
NAMES = ("Mari", "Jüri", "Liis", "Kärt", "Õie", "Anna", "Tom", "Ольга", "Иван", "Їван", "Леся")
SURNAMES = ("Tamm", "Saar", "Mägi", "Sepp", "Smith", "Wool", "Иванова", "Ковальчук", "Шевченко")
SENTENCES = 20_000


def words(language: str) -> list[str]:
    """Return the words of a language, those first that are said most often."""
    parts = product(MIDDLES[language], ENDS[language], BEGINNINGS[language])
    return list(dict.fromkeys(begin + middle + end for middle, end, begin in parts))


def sentences(chance: random.Random) -> list[str]:
    """Return texts of 2 to 20 words, by Zipf's law."""
    found = []
    vocabularies = {language: words(language) for language in BEGINNINGS}
    weights = {
        language: list(accumulate(1 / rank for rank in range(1, len(known) + 1)))
        for language, known in vocabularies.items()
    }
    for _ in range(SENTENCES):
        language = chance.choice(tuple(BEGINNINGS))
        size = min(20, 2 + int(chance.expovariate(1 / 6)))
        chosen = chance.choices(vocabularies[language], cum_weights=weights[language], k=size)
        found.append(" ".join(chosen).capitalize() + chance.choice(".?!…"))
    return found


def person(chance: random.Random, number: int) -> tuple[str | None, str | None]:
    """Return the name and the e-mail that a visitor gave, if any."""
    kind = chance.random()
    if kind > 0.4:
        return None, None
    name = f"{chance.choice(NAMES)} {chance.choice(SURNAMES)}{number % 5000}"
    return name, f"visitor{number}@example.org" if kind < 0.25 else None


def text(chance: random.Random, known: Sequence[str], number: int) -> str:
    """Return what is written; every tenth time the number of an order stands in it."""
    said = known[int(chance.random() * len(known))]
    return f"{said} #{100_000 + number}" if number % 10 == 0 else said
