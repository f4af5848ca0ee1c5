"""What lies on the disk."""

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path


def holding(words: str, files: Iterable[Path]) -> list[str]:
    """Return the names of the files in which these words stand, byte for byte."""
    found = []
    for each in files:
        # SQLite's own come and go while one looks.
        with suppress(FileNotFoundError):
            if each.is_file() and words.encode() in each.read_bytes():
                found.append(each.name)
    return found
