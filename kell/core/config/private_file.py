"""A file that only its owner reads, written once."""

import os
import secrets
from collections.abc import Callable
from pathlib import Path


def kept_once(file: Path, make: Callable[[], str]) -> str:
    """Return what ``file`` holds; when there is none, write first what ``make`` returns.

    The file (mode 0600, in a folder made with 0700) appears whole or not at all: of two processes
    that start together both read what one of them wrote.

    Raises:
        OSError: it can't be read or written.
    """
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not file.exists():
        _write(file, make())
    file.chmod(0o600)
    return file.read_text(encoding="utf-8").strip()


def _write(file: Path, text: str) -> None:
    draft = file.with_name(f"{file.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
            stream.write(f"{text}\n")
            stream.flush()
            os.fsync(stream.fileno())
        os.link(draft, file)  # unlike a rename, it fails when another was faster
    except FileExistsError:
        pass
    finally:
        draft.unlink()
