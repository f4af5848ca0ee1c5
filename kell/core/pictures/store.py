"""Where pictures lie: a file each, named by the hash of what is in it.

Half of a SHA-256, since the smallest script of all carries it: nobody gains by two equal ones.
"""

import hashlib
import os
import re
import secrets
import time
from collections.abc import Collection
from pathlib import Path

_ID = re.compile(r"[0-9a-f]{32}")
# A picture that was uploaded and isn't used yet: somebody still fills in the rest of the page.
UNUSED_FOR = 24 * 60 * 60.0


def is_picture(picture_id: str) -> bool:
    """Say whether this can be the id of a picture."""
    return _ID.fullmatch(picture_id) is not None


def address(picture_id: str) -> str:
    """Return where browsers find a picture, on this server."""
    return f"/pictures/{picture_id}.webp"


class Pictures:
    """The pictures of one installation. Processes that serve together share the folder."""

    def __init__(self, data: Path) -> None:
        self.folder = data / "pictures"

    def keep(self, webp: bytes) -> str:
        """Write a picture to disk and return its id; the same picture is kept once."""
        picture_id = hashlib.sha256(webp).hexdigest()[:32]
        file = self._file(picture_id)
        if file.exists():
            file.touch()  # or the sweep would take it before it is used
            return picture_id
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = self.folder / f"{picture_id}.{secrets.token_hex(8)}"
        with draft.open("xb") as stream:
            stream.write(webp)
            stream.flush()
            os.fsync(stream.fileno())
        draft.replace(file)
        return picture_id

    def read(self, picture_id: str) -> bytes | None:
        """Return a picture, if there is one."""
        try:
            return self._file(picture_id).read_bytes() if is_picture(picture_id) else None
        except FileNotFoundError:
            return None

    def sweep(self, used: Collection[str]) -> int:
        """Remove what nobody uses and was not uploaded lately; return how many went."""
        if not self.folder.is_dir():
            return 0
        gone = 0
        for file in self.folder.iterdir():
            if file.stem in used or time.time() - file.stat().st_mtime < UNUSED_FOR:
                continue
            file.unlink(missing_ok=True)
            gone += 1
        return gone

    def _file(self, picture_id: str) -> Path:
        return self.folder / f"{picture_id}.webp"
