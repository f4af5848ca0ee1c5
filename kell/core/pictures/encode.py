"""Whatever was uploaded becomes a small square that nothing is hidden in.

Decoded and encoded anew: what isn't a pixel (EXIF with places, comments, a page after the end of
the picture) doesn't come along.
"""

import io
import warnings

import gevent
from gevent.lock import BoundedSemaphore
from PIL import Image, ImageOps

from kell.core.errors import Invalid

LARGEST = 1024 * 1024
SIDE = 256
FORMATS = ("PNG", "JPEG", "WEBP")
# Width times height: a phone's photo passes; what claims to be larger is never decoded.
MOST_PIXELS = 50_000_000
_at_once = BoundedSemaphore(2)


class NoPicture(Invalid):
    """It isn't a PNG, JPEG or WebP picture, or is too large to look at."""

    code = "no_picture"


def encode(given: bytes) -> bytes:
    """Return a picture as a square WebP, cut from its middle, of at most 256 pixels a side.

    Decoding takes a second for the largest, so it is done beside the loop, two at a time.

    Raises:
        NoPicture: it can't be read.
    """
    with _at_once:
        made: bytes | None = gevent.get_hub().threadpool.apply(_encoded, (given,))
    if made is None:
        raise NoPicture
    return made


def _encoded(given: bytes) -> bytes | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(given), formats=FORMATS)
        if picture.width * picture.height > MOST_PIXELS:
            return None
        picture.draft("RGB", (SIDE * 2, SIDE * 2))  # a JPEG is decoded no larger than needed
        upright = ImageOps.exif_transpose(picture)
        side = min(SIDE, *upright.size)
        mode = "RGBA" if upright.has_transparency_data else "RGB"
        square = ImageOps.fit(upright.convert(mode), (side, side), Image.Resampling.LANCZOS)
        bare = Image.frombytes(mode, square.size, square.tobytes())
        made = io.BytesIO()
        bare.save(made, "WEBP", quality=82, method=4)
    # What a broken file makes of a decoder is a long list.
    except Exception:  # noqa: BLE001
        return None
    return made.getvalue()
