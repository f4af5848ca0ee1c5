"""Pictures: made small, bared of what hides in them, kept once, swept when nobody uses them."""

import io
import os
import time

import pytest
from PIL import Image, ImageDraw

from kell.core.pictures import NoPicture, Pictures, address, encode, is_picture

pytestmark = pytest.mark.once


def file(size=(300, 200), kind="PNG", mode="RGB", **more):
    made = io.BytesIO()
    Image.new(mode, size, more.pop("color", "#2f5d50")).save(made, kind, **more)
    return made.getvalue()


def opened(given):
    return Image.open(io.BytesIO(given))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_whatever_comes_becomes_a_square(kind):
    made = opened(encode(file((900, 400), kind)))
    assert (made.format, made.size) == ("WEBP", (256, 256))


def test_a_small_one_isnt_blown_up():
    assert opened(encode(file((40, 60)))).size == (40, 40)


def test_it_is_cut_from_the_middle():
    wide = Image.new("RGB", (300, 100), "#ffffff")
    ImageDraw.Draw(wide).rectangle((100, 0, 199, 99), fill="#000000")
    given = io.BytesIO()
    wide.save(given, "PNG")
    made = opened(encode(given.getvalue())).convert("L")
    assert max(made.getpixel((x, 50)) for x in (10, 50, 90)) < 30


def test_what_is_see_through_stays_so():
    assert opened(encode(file(mode="RGBA", color="#2f5d5080"))).mode == "RGBA"
    palette = Image.new("P", (20, 20))
    palette.info["transparency"] = 0
    given = io.BytesIO()
    palette.save(given, "PNG", transparency=0)
    assert opened(encode(given.getvalue())).mode == "RGBA"


def test_nothing_that_is_no_pixel_comes_along():
    exif = Image.Exif()
    exif[0x010E] = "taken at a secret place"
    for kind in ("JPEG", "WEBP", "PNG"):
        given = file(kind=kind, exif=exif) + b"<script>a page after the picture</script>"
        made = encode(given)
        assert b"secret" not in made
        assert b"script" not in made
        assert not opened(made).getexif()


def test_a_photo_taken_sideways_is_turned_upright():
    sideways = Image.new("RGB", (40, 40), "#ffffff")
    ImageDraw.Draw(sideways).rectangle((0, 0, 39, 19), fill="#000000")
    exif = Image.Exif()
    exif[0x0112] = 3  # upside down
    given = io.BytesIO()
    sideways.save(given, "JPEG", exif=exif)
    made = opened(encode(given.getvalue())).convert("L")
    assert made.getpixel((20, 5)) > 200
    assert made.getpixel((20, 35)) < 50


def test_what_is_no_picture_is_refused():
    svg = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
    whole = file()
    for given in (
        b"",
        b"x" * 100,
        svg,
        whole[: len(whole) // 2],
        file(kind="GIF"),
        file(kind="BMP"),
    ):
        with pytest.raises(NoPicture):
            encode(given)


def test_a_bomb_is_not_opened():
    bomb = file((20_000, 20_000), mode="1")  # 50 kB that would become 400 megapixels
    assert len(bomb) < 200_000
    began = time.monotonic()
    with pytest.raises(NoPicture):
        encode(bomb)
    assert time.monotonic() - began < 1


def test_the_same_picture_is_kept_once(tmp_path):
    pictures = Pictures(tmp_path)
    made = encode(file())
    one, other = pictures.keep(made), pictures.keep(made)
    assert one == other
    assert is_picture(one)
    assert address(one) == f"/pictures/{one}.webp"
    assert pictures.read(one) == made
    assert [each.name for each in pictures.folder.iterdir()] == [f"{one}.webp"]


@pytest.mark.parametrize("name", ["", "0" * 31, "0" * 64, "../kell.db", "0" * 31 + "/", "A" * 32])
def test_nothing_else_is_a_picture(tmp_path, name):
    assert Pictures(tmp_path).read(name) is None
    assert not is_picture(name)


def test_what_nobody_uses_goes_after_a_day(tmp_path):
    pictures = Pictures(tmp_path)
    assert pictures.sweep(()) == 0
    used, unused, fresh = (pictures.keep(encode(file((side, side)))) for side in (20, 30, 40))
    long_ago = time.time() - 25 * 60 * 60
    for each in (used, unused):
        os.utime(pictures.folder / f"{each}.webp", (long_ago, long_ago))
    assert pictures.sweep({used}) == 1
    assert pictures.read(unused) is None
    assert pictures.read(used)
    assert pictures.read(fresh)
    assert pictures.sweep(()) == 1  # no longer used
