"""A page of what was handed in, drawn to be looked at: whole, turned, ringed, and never by a broken file."""

from io import BytesIO

import pytest
from PIL import Image

from tongban.papers.drawing import RED, Ring, Undrawable, Wanted, draw
from tongban.papers.tests.samples import a_pdf
from tongban.papers.tests.test_photos import a_photo


def drawn(content, wanted, *, pdf=False):
    """The picture that is drawn, and of how many pages."""
    made = draw(content, wanted, pdf=pdf)
    picture = Image.open(BytesIO(made.jpeg))
    assert picture.size == (made.width, made.height)
    return picture, made.pages


def reddish(pixel):
    return pixel[0] > 150 and pixel[1] < 100 and pixel[2] < 100


def test_a_photo_is_drawn_as_wide_as_wanted_and_turned():
    upright, pages = drawn(a_photo((400, 300)), Wanted(1, 640))
    assert (upright.size, pages) == ((640, 480), 1)
    turned, _ = drawn(a_photo((400, 300)), Wanted(1, 640, 1))
    assert turned.size == (480, 640)
    # The left half is red: turned clockwise it is the upper.
    assert reddish(turned.getpixel((240, 100)))
    assert not reddish(turned.getpixel((240, 540)))


def test_a_spot_is_ringed_where_it_was_marked():
    plain, _ = drawn(a_photo((400, 300)), Wanted(1, 640))
    ringed, _ = drawn(a_photo((400, 300)), Wanted(1, 640, rings=[Ring(750, 500, 1)]))
    left, above = 480 - 16, 240
    assert not reddish(plain.getpixel((left, above)))
    assert sum(abs(a - b) for a, b in zip(ringed.getpixel((left, above)), RED, strict=True)) < 120


def test_a_page_of_a_pdf_is_drawn():
    picture, pages = drawn(a_pdf(), Wanted(1, 640), pdf=True)
    assert (picture.width, pages) == (640, 1)


@pytest.mark.parametrize(
    ("content", "page", "pdf"),
    [
        (a_pdf(), 2, True),
        (b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n", 1, True),
        (b"no pdf", 1, True),
        (a_photo(), 2, False),
    ],
    ids=["no-such-page", "no-pages", "no-pdf", "second-page-of-a-photo"],
)
def test_what_cannot_be_drawn_says_so(content, page, pdf):
    with pytest.raises(Undrawable):
        draw(content, Wanted(page, 640), pdf=pdf)


def test_a_page_that_would_never_end_is_cut_off():
    endless = a_pdf().replace(b"/MediaBox [0 0 612 792]", b"/MediaBox [0 0 100 99999]")
    picture, _ = drawn(endless, Wanted(1, 640), pdf=True)
    assert picture.height <= 4 * picture.width + 1
