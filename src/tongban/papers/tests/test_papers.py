"""A paper is made once and kept under its case's key; anyone can check it, and it never changes."""

from datetime import UTC, datetime
from hashlib import sha256

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tongban.kernel.hanging import rewrap_all
from tongban.kernel.ids import BodyCode, CaseId
from tongban.kernel.keys import Unreadable, new_key, ring, rotate
from tongban.kernel.sql import run
from tongban.papers import commands, queries
from tongban.papers.queries import Verdict
from tongban.papers.rules import plain_code, spoken
from tongban.papers.tests.samples import a_pdf
from tongban.papers.tests.sheets import a_sheet

NOON = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)
CASE, KEY = CaseId(7), new_key()

pytestmark = pytest.mark.django_db


def made(seq=3, *, withdrawn_at=None, key=KEY, **changes):
    return commands.make(a_sheet(**changes), owner=CASE, seq=seq, key=key, withdrawn_at=withdrawn_at)


def code_of(seq=3):
    return run("select code from papers_paper where owner = $1::bigint and seq = $2::int", (CASE, seq))[0][0]


def test_it_is_made_once_and_ever_after_the_same_bytes():
    first = made()
    assert made() == first
    assert queries.read(CASE, 3, KEY) == first
    [(digest, size)] = run("select digest, length(sealed) from papers_paper where owner = 7")
    assert bytes(digest) == sha256(first).digest()
    assert size > len(first)


def test_another_key_does_not_open_it_nor_does_it_pass_for_another_act():
    made()
    with pytest.raises(Unreadable):
        queries.read(CASE, 3, new_key())
    run(
        "insert into papers_paper (owner, seq, kind, code, title, number, body, issuer, issued_on, sample,"
        " digest, sealed, made_at)"
        " select owner, 4, kind, 'A' || substr(code, 2), title, number, body, issuer, issued_on, sample,"
        " '\\x00', sealed, made_at from papers_paper where owner = 7"
    )
    with pytest.raises(Unreadable):
        queries.read(CASE, 4, KEY)


def test_its_code_tells_what_it_is_and_nothing_of_the_person():
    made(addressee="王秀丽")
    found = queries.find(spoken(code_of()).lower().replace("-", " "))
    assert found is not None
    assert (found.title, found.verdict) == ("一次性补正告知书", Verdict.STANDS)
    assert "王秀丽" not in repr(found)


@pytest.mark.parametrize(
    "written", ["", "7QK4", "无", "7QK4-M2XA-99ZB-0TFE-PMN!", "A" * 500, "1GM18SNPA9H5VENQ7R8M"]
)
def test_what_we_did_not_give_out_is_not_found(written):
    assert queries.find(written) is None


def test_letters_that_look_like_digits_are_read_as_those():
    assert plain_code("oOlI-0000-0000-0000-0000") == "00110000000000000000"


def test_a_withdrawn_paper_says_so_at_once():
    pdf = made()
    commands.withdraw(CASE, 3, at=NOON)
    assert queries.check(pdf)[0] is Verdict.WITHDRAWN
    found = queries.find(code_of())
    assert found is not None
    assert (found.verdict, found.withdrawn_at) == (Verdict.WITHDRAWN, NOON)


def test_a_paper_made_after_its_act_was_undone_is_withdrawn_from_the_start():
    assert queries.check(made(withdrawn_at=NOON))[0] is Verdict.WITHDRAWN


def test_a_file_is_ours_changed_or_not_ours():
    pdf = made()
    assert queries.check(pdf)[0] is Verdict.STANDS
    middle = len(pdf) // 3
    assert queries.check(pdf + b"\n")[0] is Verdict.CHANGED
    assert queries.check(pdf[:middle] + b"\x00" + pdf[middle + 1 :])[0] in (Verdict.CHANGED, Verdict.NOT_OURS)
    assert queries.check(a_pdf())[0] is Verdict.NOT_OURS
    assert queries.check(b"")[0] is Verdict.NOT_OURS


def test_a_strangers_file_is_not_parsed_unless_it_names_our_authority():
    made()
    with CaptureQueriesContext(connection) as captured:
        queries.check(a_pdf())
    assert len(captured) == 2


def test_an_erased_case_leaves_the_record_that_a_paper_was_ours():
    pdf = made()
    commands.erase(CASE)
    assert queries.read(CASE, 3, KEY) is None
    assert queries.check(pdf)[0] is Verdict.STANDS


@pytest.mark.parametrize(
    "breach",
    [
        "update papers_paper set title = 'x'",
        "update papers_paper set digest = '\\x01'",
        "update papers_paper set sealed = '\\x01'",
        "update papers_paper set withdrawn_at = null",
        "delete from papers_paper",
    ],
)
def test_what_was_given_out_is_never_changed(breach):
    made(withdrawn_at=NOON)
    with pytest.raises(DatabaseError, match="given out"), transaction.atomic():
        run(breach)


def test_a_seal_is_made_once_for_each_name_of_a_body_and_hangs_on_the_ring(tmp_path, settings):
    made()
    made(4)
    assert run("select count(*) from papers_seal where body = '11510104MB90000910'") == [(1,)]
    settings.VAR = tmp_path
    ring()
    with pytest.raises(Unreadable):
        made(5)


def test_after_a_rotation_seals_are_wrapped_anew_and_still_sign(tmp_path, settings):
    settings.VAR = tmp_path
    run("delete from papers_seal")
    made()
    rotate()
    assert rewrap_all(commands.KEY_TABLES)["seals"].done == 2
    assert rewrap_all(commands.KEY_TABLES)["seals"].done == 0
    made(4)


def test_a_renewed_seal_signs_by_another_key_and_what_the_old_one_sealed_stays_ours():
    before = made()
    body = BodyCode("11510104MB90000910")
    [(name, since)] = queries.seals_of(body)
    certificates = {bytes(one) for (one,) in run("select certificate from papers_seal")}
    assert commands.renew_seal(body, NOON) == 1
    after = made(4)
    anew = {bytes(one) for (one,) in run("select certificate from papers_seal")} - certificates
    assert len(anew) == 1, "the authority stays the same"
    assert queries.seals_of(body) == [(name, NOON)] != [(name, since)]
    for pdf in (before, after):
        assert queries.check(pdf)[0] is Verdict.STANDS
        assert queries.check(pdf + b"x")[0] is Verdict.CHANGED
    for nobody in ("", "11510104MB9000099J"):
        assert (commands.renew_seal(BodyCode(nobody), NOON), queries.seals_of(BodyCode(nobody))) == (0, [])


def test_making_and_reading_have_their_price():
    made()
    with CaptureQueriesContext(connection) as captured:
        made(4)
    assert len(captured) == 3
    with CaptureQueriesContext(connection) as captured:
        queries.read(CASE, 4, KEY)
    assert len(captured) == 1
