"""A stored file waits for its case: only its uploader's handle opens it, one case gets it, the rest goes."""

from datetime import UTC, datetime, timedelta
from io import BytesIO
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from tongban.kernel.ids import CaseId, FileId, PersonKey
from tongban.kernel.keys import Unreadable, new_key, ring
from tongban.kernel.refusal import Refusal
from tongban.kernel.sql import run
from tongban.papers import commands, queries
from tongban.papers.commands import WAITS, Stored, files
from tongban.papers.rules import HANDLE, Attachment, Handle, Kind, to_text
from tongban.papers.tests.samples import a_pdf, a_png

NOON = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
LI, WANG = PersonKey(b"L" * 32), PersonKey(b"W" * 32)
ONE_CASE, ANOTHER = CaseId(1), CaseId(2)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_files_of_others(db: None) -> None:
    """Other tests leave theirs; here they are gone until the test is rolled back."""
    run("delete from papers_file")


def a_stored_file(name: str = "平面图.pdf", content: bytes | None = None, at: datetime = NOON) -> Stored:
    return commands.store(LI, name, content or a_pdf(), at)


def opened(stored: Stored, at: datetime = NOON) -> Attachment:
    return queries.open_handle(stored.handle, LI, at)


def claim(*files: FileId, by: CaseId = ONE_CASE, of: PersonKey = LI) -> int:
    with transaction.atomic():
        [(claimed,)] = run("select papers_claim($1::uuid[], $2::bigint, $3::bytea)", (list(files), by, of))
    return int(claimed)


def refused_claim(*files: FileId, by: CaseId = ONE_CASE, of: PersonKey = LI) -> str | None:
    with pytest.raises(DatabaseError) as refused:
        claim(*files, by=by, of=of)
    return getattr(refused.value.__cause__, "sqlstate", None)


def holder_of(file: FileId) -> int | None:
    [(holder,)] = run("select claimed_by from papers_file where id = $1::uuid", (file,))
    return int(holder) if holder is not None else None


def kept() -> set[UUID]:
    return {file for (file,) in run("select id from papers_file")}


def test_a_stored_file_comes_back_whole_to_who_has_its_handle() -> None:
    stored = a_stored_file(content=a_png())
    file = opened(stored)
    assert (file.kind, file.name, file.size) == (Kind.PNG, "平面图.pdf", len(a_png()))
    assert queries.content(file.id, file.key) == a_png()
    assert (stored.kind, stored.name, stored.size) == (file.kind, file.name, file.size)


def test_a_photo_is_kept_without_where_it_was_taken() -> None:
    photo = BytesIO()
    Image.new("RGB", (40, 30)).save(photo, "JPEG", comment=b"SecretPlace")
    stored = a_stored_file("门面.jpg", photo.getvalue())
    file = opened(stored)
    kept = queries.content(file.id, file.key)
    assert kept is not None
    assert b"SecretPlace" in photo.getvalue()
    assert b"SecretPlace" not in kept
    assert stored.size == len(kept)
    assert queries.thumbnails({file.id: file.key})[file.id].startswith(b"\xff\xd8\xff")


def test_no_more_than_so_many_files_of_one_uploader_wait_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MOST_WAITING", 3)
    waiting = [opened(a_stored_file()).id for _ in range(3)]
    with pytest.raises(Refusal, match="papers.file.too-many") as refused:
        a_stored_file()
    assert refused.value.status == 409
    assert kept() == set(waiting)
    commands.store(WANG, "别人的.pdf", a_pdf(), NOON)
    claim(waiting[0])
    a_stored_file()
    with pytest.raises(Refusal, match="papers.file.too-many"):
        a_stored_file()
    a_stored_file(at=NOON + WAITS)


def test_storing_costs_one_statement_and_opening_a_handle_none() -> None:
    with CaptureQueriesContext(connection) as asked:
        stored = a_stored_file()
    assert len(asked) == 1
    with CaptureQueriesContext(connection) as asked:
        opened(stored)
    assert len(asked) == 0


def test_the_database_alone_holds_neither_content_nor_name_nor_key() -> None:
    file = opened(a_stored_file(name="张三的病历.pdf"))
    [row] = run("select f::text, sealed from papers_file f where id = $1::uuid", (file.id,))
    assert a_pdf()[:40] not in bytes(row[1])
    for secret in (file.key.hex(), file.sha256.hex(), "张三"):
        assert secret not in row[0]


def test_another_key_does_not_open_a_file() -> None:
    file = opened(a_stored_file())
    with pytest.raises(Unreadable):
        queries.content(file.id, new_key())


def test_one_file_cannot_be_put_in_the_place_of_another() -> None:
    file, other = opened(a_stored_file()), opened(a_stored_file())
    run("update papers_file set sealed = (select sealed from papers_file where id = $1) where id = $2",
        (other.id, file.id))  # fmt: skip
    with pytest.raises(Unreadable):
        queries.content(file.id, other.key)


def test_a_handle_is_worth_nothing_to_another_person() -> None:
    with pytest.raises(Refusal, match=r"papers\.file\.not-yours"):
        queries.open_handle(a_stored_file().handle, WANG, NOON)


def test_a_handle_opens_until_its_hour_and_not_at_it() -> None:
    stored = a_stored_file()
    assert stored.expires_at == NOON + WAITS
    assert opened(stored, stored.expires_at - timedelta(seconds=1)).size == len(a_pdf())
    with pytest.raises(Refusal, match=r"papers\.file\.expired"):
        opened(stored, stored.expires_at)


@given(st.text(max_size=300) | st.from_regex(r"[A-Za-z0-9_-]{0,400}", fullmatch=True))
def test_any_other_text_is_no_handle(text: str) -> None:
    with pytest.raises(Refusal, match=r"papers\.file\.unknown"):
        queries.open_handle(text, LI, NOON)


def a_handle() -> Handle:
    file = Attachment(FileId(uuid4()), new_key(), bytes(32), 1, Kind.PDF, "a.pdf")
    return Handle(file, LI, NOON + WAITS)


GOOD = to_text(ring().wrap(a_handle().pack(), HANDLE))


@given(st.integers(0, len(GOOD) - 1), st.sampled_from("AQgw09-_=+/ \n一\x00"))
def test_a_handle_with_one_letter_changed_is_no_handle(place: int, letter: str) -> None:
    changed = GOOD[:place] + letter + GOOD[place + 1 :]
    if changed != GOOD:
        with pytest.raises(Refusal, match=r"papers\.file\.unknown"):
            queries.open_handle(changed, LI, NOON)


@pytest.mark.parametrize(
    "spelling",
    [GOOD + "=", GOOD + "A" * 3000, " " + GOOD, GOOD[:-1]],
    ids=["padded", "longer", "after a blank", "shorter"],
)
def test_a_handle_has_one_spelling(spelling: str) -> None:
    assert queries.open_handle(GOOD, LI, NOON).name == "a.pdf"
    with pytest.raises(Refusal, match=r"papers\.file\.unknown"):
        queries.open_handle(spelling, LI, NOON)


@given(st.binary(max_size=300))
def test_what_the_ring_wrapped_for_another_end_is_no_handle(other: bytes) -> None:
    for aad in (HANDLE, b"case/1"):
        with pytest.raises(Refusal, match=r"papers\.file\.unknown"):
            queries.open_handle(to_text(ring().wrap(other[:100], aad)), LI, NOON)


def test_a_handle_of_a_later_form_is_not_misread() -> None:
    packed = bytearray(a_handle().pack())
    packed[0] = 2
    with pytest.raises(Refusal, match=r"papers\.file\.unknown"):
        queries.open_handle(to_text(ring().wrap(bytes(packed), HANDLE)), LI, NOON)


def test_a_case_claims_all_its_files_and_keeps_them() -> None:
    files = [opened(a_stored_file()).id for _ in range(3)]
    assert claim(*files) == 3
    assert {holder_of(file) for file in files} == {ONE_CASE}
    assert claim() == 0


def test_claiming_the_same_file_twice_for_one_case_is_claiming_it_once() -> None:
    file = opened(a_stored_file()).id
    assert claim(file, file) == 1
    assert claim(file) == 1


def test_a_file_belongs_to_one_case_only() -> None:
    file, free = opened(a_stored_file()).id, opened(a_stored_file()).id
    claim(file)
    assert refused_claim(free, file, by=ANOTHER) == "TB001"
    assert (holder_of(file), holder_of(free)) == (ONE_CASE, None)


def test_nobody_claims_the_file_of_another_or_one_that_is_not_there() -> None:
    file = opened(a_stored_file()).id
    assert refused_claim(file, of=WANG) == "TB001"
    assert refused_claim(file, FileId(uuid4())) == "TB001"
    assert holder_of(file) is None


def test_only_what_nobody_attached_in_time_is_deleted() -> None:
    late, claimed, fresh = (opened(a_stored_file()).id for _ in range(3))
    run("update papers_file set expires_at = $1 where id = $2", (NOON + 2 * WAITS, fresh))
    claim(claimed)
    assert commands.expire(NOON + WAITS - timedelta(seconds=1)) == 0
    assert commands.expire(NOON + WAITS) == 1
    assert kept() == {claimed, fresh}
    assert queries.content(late, new_key()) is None


def test_more_files_than_one_batch_are_all_deleted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "_BATCH", 2)
    for _ in range(5):
        a_stored_file()
    assert commands.expire(NOON + WAITS) == 5
    assert kept() == set()


def test_erasing_a_case_deletes_its_files_and_no_other() -> None:
    mine, other, waiting = (opened(a_stored_file()).id for _ in range(3))
    claim(mine)
    claim(other, by=ANOTHER)
    assert commands.erase(ONE_CASE) == 1
    assert kept() == {other, waiting}


@pytest.mark.parametrize(("column", "value"), [("kind", "'text/html'"), ("size", "0"), ("size", "10485761")])
def test_the_database_forbids_what_was_never_checked(column: str, value: str) -> None:
    file = opened(a_stored_file()).id
    with pytest.raises(IntegrityError, match="papers_file_is"), transaction.atomic():
        run(f"update papers_file set {column} = {value} where id = $1", (file,))


def test_a_file_that_waits_counts_until_it_is_claimed_or_over() -> None:
    stored = a_stored_file()
    for at, until, number in (
        (NOON, NOON + WAITS, 1),
        (NOON, NOON + WAITS - timedelta(days=1), 0),
        (NOON + WAITS, NOON + 2 * WAITS, 0),
    ):
        assert queries.waiting(at, until=until) == number
    claim(opened(stored).id)
    assert queries.waiting(NOON, until=NOON + WAITS) == 0
