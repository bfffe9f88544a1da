"""Files of a draft: photos bound into one PDF, kept as long as they are wanted, gone when they are not."""

from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image
from pyhanko.pdf_utils.reader import PdfFileReader

from tongban.kernel.ids import CaseId, PersonKey
from tongban.kernel.refusal import Refusal
from tongban.kernel.sql import run
from tongban.papers import commands, queries
from tongban.papers.rules import Attachment, Kind, binding, inspect
from tongban.papers.rules.binding import A4, as_pages
from tongban.papers.tests.samples import a_pdf

NOON = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
LI, WANG = PersonKey(b"L" * 32), PersonKey(b"W" * 32)
MONTH = timedelta(days=30)


def a_photo(size: tuple[int, int], *, mode: str = "RGB", format: str = "JPEG") -> bytes:
    kept = BytesIO()
    Image.new(mode, size, "red").save(kept, format)
    return kept.getvalue()


def sizes_of(pdf: bytes) -> list[tuple[float, float]]:
    """The size of every page in points, as another reader of PDFs sees it."""
    # Not strict: what Pillow writes as the head of the list of free objects is off by one.
    pages = PdfFileReader(BytesIO(pdf), strict=False).root["/Pages"]["/Kids"]
    boxes = [page.get_object()["/MediaBox"] for page in pages]
    return [(float(box[2]), float(box[3])) for box in boxes]


def test_every_photo_is_a_page_that_fits_on_a4_in_their_order() -> None:
    pages = sizes_of(as_pages([a_photo((600, 800)), a_photo((800, 400)), a_photo((50, 50))]))
    assert len(pages) == 3
    assert all(width <= A4[0] + 0.5 and height <= A4[1] + 0.5 for width, height in pages)
    assert pages[0][0] < pages[0][1] and pages[1][0] > pages[1][1]


def test_the_same_photos_give_the_same_bytes_and_another_order_gives_others() -> None:
    one, other = a_photo((60, 80)), a_photo((80, 60))
    assert as_pages([one, other]) == as_pages([one, other]) != as_pages([other, one])


def test_a_bound_file_is_a_pdf_that_we_take_ourselves() -> None:
    see_through = a_photo((40, 40), mode="RGBA", format="PNG")
    assert inspect(as_pages([see_through, a_photo((40, 40), mode="L")])) is Kind.PDF


def test_pages_that_together_are_too_large_are_drawn_smaller_and_then_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    noise = BytesIO()
    Image.effect_noise((2200, 1700), 80).convert("RGB").save(noise, "JPEG", quality=95)
    whole = len(as_pages([noise.getvalue()] * 2))
    monkeypatch.setattr(binding, "MOST_BYTES", whole - 1)
    assert len(as_pages([noise.getvalue()] * 2)) < whole
    monkeypatch.setattr(binding, "MOST_BYTES", 1000)
    with pytest.raises(Refusal, match="papers.file.too-large"):
        as_pages([noise.getvalue()])


def waiting(name: str, *, waits: timedelta = 2 * MONTH) -> str:
    return commands.store(LI, name, a_pdf(), NOON, waits=waits).handle


def opened(handle: str, at: datetime = NOON) -> Attachment:
    return queries.open_handle(handle, LI, at)


@pytest.mark.django_db
def test_bound_photos_are_one_file_of_their_uploader() -> None:
    photos = [commands.store(LI, f"{n}.jpg", a_photo((60 + n, 80)), NOON).handle for n in range(2)]
    stored = commands.bind([opened(one) for one in photos], name="图.pdf", uploader=LI, at=NOON)
    file = opened(stored.handle)
    assert (file.kind, file.name) == (Kind.PDF, "图.pdf")
    content = queries.content(file.id, file.key)
    assert content is not None and len(sizes_of(content)) == 2


@pytest.mark.django_db
def test_photos_that_are_gone_are_not_bound() -> None:
    photos = [opened(commands.store(LI, f"{n}.jpg", a_photo((60, 80)), NOON).handle) for n in range(2)]
    commands.discard([waiting("别的.pdf")], LI, NOON)
    run("delete from papers_file where id = $1::uuid", (photos[0].id,))
    with pytest.raises(Refusal, match="papers.file.expired"):
        commands.bind(photos, name="图.pdf", uploader=LI, at=NOON)


@pytest.mark.django_db
def test_a_file_past_half_its_time_waits_as_long_again_and_others_cost_nothing() -> None:
    handle = waiting("图.pdf")
    with CaptureQueriesContext(connection) as asked:
        assert commands.prolong([handle], LI, at=NOON + MONTH, waits=2 * MONTH) == {handle: handle}
    assert len(asked) == 0
    late = NOON + MONTH + timedelta(seconds=1)
    with CaptureQueriesContext(connection) as asked:
        anew = commands.prolong([handle], LI, at=late, waits=2 * MONTH)[handle]
    assert len(asked) == 1 and anew != handle
    end = late + 2 * MONTH - timedelta(seconds=1)
    assert opened(anew, end).id == opened(handle).id
    commands.expire(end)
    assert run("select count(*) from papers_file where id = $1::uuid", (opened(handle).id,)) == [(1,)]


@pytest.mark.django_db
def test_only_an_uploaders_own_files_are_prolonged_or_discarded_and_no_claimed_one() -> None:
    mine, claimed = waiting("我的.pdf"), waiting("交了的.pdf")
    run("select papers_claim($1::uuid[], $2::bigint, $3::bytea)", ([opened(claimed).id], CaseId(1), LI))
    assert commands.prolong([mine, "nonsense"], WANG, at=NOON + MONTH * 1.5, waits=2 * MONTH) == {}
    commands.discard([mine, claimed, "nonsense"], WANG, NOON)
    files = [opened(mine).id, opened(claimed).id]
    left = "select count(*) from papers_file where id = any($1::uuid[])"
    assert run(left, (files,)) == [(2,)]
    commands.discard([mine, claimed], LI, NOON)
    assert run(left, (files,)) == [(1,)]
