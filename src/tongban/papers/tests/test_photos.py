"""Of a photo the picture is kept and nothing else, upright and no larger than a reader needs."""

from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from tongban.kernel.refusal import Refusal
from tongban.papers.rules import Kind, inspect, photos
from tongban.papers.rules.photos import LONGEST_SIDE, THUMBNAIL_SIDE, drawn_anew, thumbnail_of

ORIENTATION, MAKE, GPS = 0x0112, 0x010F, 0x8825


def a_photo(size=(400, 300), kind=Kind.JPEG, mode="RGB", **saved):
    """The left half red, the right half white."""
    picture = Image.new("RGB", size, "white")
    picture.paste((200, 30, 30), (0, 0, size[0] // 2, size[1]))
    kept = BytesIO()
    picture.convert(mode).save(kept, "JPEG" if kind is Kind.JPEG else "PNG", **saved)
    return kept.getvalue()


def opened(content):
    return Image.open(BytesIO(content))


def taken_with_a_phone(orientation=1):
    told = Image.Exif()
    told[MAKE], told[ORIENTATION] = "SecretPhone", orientation
    told.get_ifd(GPS)[1] = "N"
    return a_photo(exif=told, comment=b"hidden words")


def refusal_of(content, kind):
    """The code of the refusal; None where it is drawn."""
    try:
        drawn_anew(content, kind)
    except Refusal as refused:
        return refused.code
    return None


def test_where_and_by_what_it_was_taken_is_gone():
    before = taken_with_a_phone()
    assert b"SecretPhone" in before
    assert b"hidden words" in before
    after = drawn_anew(before, Kind.JPEG)
    assert not opened(after).getexif()
    assert b"SecretPhone" not in after
    assert b"hidden words" not in after


def test_words_and_profiles_of_a_png_are_gone():
    words = PngImagePlugin.PngInfo()
    words.add_text("Author", "SecretName")
    before = a_photo(kind=Kind.PNG, pnginfo=words, icc_profile=b"SecretProfile")
    after = drawn_anew(before, Kind.PNG)
    assert b"SecretName" in before
    assert b"Secret" not in after
    assert set(opened(after).info) == set()


def test_what_is_hidden_behind_the_end_is_gone():
    assert b"PK\x03\x04" not in drawn_anew(a_photo() + b"PK\x03\x04 a program", Kind.JPEG)


@pytest.mark.parametrize(
    ("orientation", "corner"), [(1, (5, 5)), (3, (390, 290)), (6, (290, 5)), (8, (5, 390))]
)
def test_a_photo_stands_upright(orientation, corner):
    upright = opened(drawn_anew(taken_with_a_phone(orientation), Kind.JPEG))
    red, green, _ = upright.convert("RGB").getpixel(corner)
    assert red > 150
    assert green < 90


@pytest.mark.parametrize("kind", [Kind.JPEG, Kind.PNG])
def test_a_large_photo_becomes_no_larger_than_a_reader_needs_and_keeps_its_form(kind):
    small = opened(drawn_anew(a_photo((4800, 2400), kind), kind))
    assert small.size == (LONGEST_SIDE, LONGEST_SIDE // 2)


@pytest.mark.parametrize("mode", ["L", "RGB", "CMYK"])
def test_every_colour_of_a_camera_or_a_scanner_is_taken(mode):
    assert opened(drawn_anew(a_photo(mode=mode), Kind.JPEG)).size == (400, 300)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_colour_of_a_png_is_taken_and_gives_a_thumbnail(mode):
    kept = drawn_anew(a_photo(kind=Kind.PNG, mode=mode), Kind.PNG)
    assert inspect(kept) is Kind.PNG
    small = opened(thumbnail_of(kept, Kind.PNG))
    assert (small.format, small.size) == ("JPEG", (THUMBNAIL_SIDE, THUMBNAIL_SIDE * 3 // 4))


def test_a_picture_of_more_pixels_than_we_open_is_refused_before_it_is_opened(monkeypatch):
    monkeypatch.setattr(photos, "MOST_PIXELS", 400 * 300 - 1)
    with pytest.raises(Refusal, match="papers.file.too-many-pixels"):
        drawn_anew(a_photo(), Kind.JPEG)


def test_a_bomb_is_refused(monkeypatch):
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 100)
    with pytest.raises(Refusal, match="papers.file.too-many-pixels"):
        drawn_anew(a_photo(), Kind.JPEG)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 5000), st.binary(min_size=1, max_size=40))
def test_whatever_is_broken_in_it_is_drawn_or_refused(place, put):
    for kind in (Kind.JPEG, Kind.PNG):
        whole = a_photo((60, 40), kind)
        at = place % len(whole)
        told = refusal_of(whole[:at] + put + whole[at + len(put) :], kind)
        assert told in (None, "papers.file.damaged", "papers.file.too-many-pixels")


def test_twice_drawn_is_as_good_as_once():
    once = drawn_anew(a_photo(kind=Kind.PNG), Kind.PNG)
    assert drawn_anew(once, Kind.PNG) == once
