"""`tongban token`: a token alone on its line, or one line that says why not."""

from datetime import timedelta
from uuid import uuid4

import pytest

from tongban.cli.__main__ import main
from tongban.directory import api as directory
from tongban.engine.calendar import legal_day
from tongban.identity import api as identity
from tongban.kernel.access import Viewer
from tongban.kernel.clock import now
from tongban.kernel.ids import OfficerId
from tongban.kernel.keys import ring
from tongban.kernel.refusal import Refusal

CODE = "91510104MA00000012"
ZHANG = ring().person_key("person", "510104199001010018")
WANG = ring().person_key("person", "510104199202020028")
LI = OfficerId(uuid4())

pytestmark = pytest.mark.usefixtures("people")


@pytest.fixture
def people(db: None) -> None:
    identity.open_account("zhang", "p", person=ZHANG)
    identity.open_account("wang", "p", person=WANG)
    directory.ensure_officer(LI, name="李明")
    identity.open_account("li", "p", officer=LI)
    entitle_zhang()


def entitle_zhang() -> None:
    at = now()
    shop = identity.ensure_enterprise(CODE, name="成都小面馆有限公司")
    identity.entitle(ZHANG, shop, at=at, since=legal_day(at))


def entitle_wang() -> None:
    at = now()
    shop = identity.enterprise(CODE).key
    identity.entitle(WANG, shop, at=at, since=legal_day(at))


def made(capsys: pytest.CaptureFixture[str], *arguments: str) -> Viewer:
    assert main(["token", "create", *arguments]) == 0
    said = capsys.readouterr()
    assert said.err == ""
    assert said.out.count("\n") == 1
    return identity.bearer(said.out.strip(), now())


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["token", *arguments]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    return said.err


def test_a_token_is_made_for_a_resident(capsys: pytest.CaptureFixture[str]) -> None:
    assert made(capsys, "--resident", "Zhang").person == ZHANG


@pytest.mark.parametrize("name", ["li", str(LI)], ids=["name", "id"])
def test_a_token_is_made_for_an_officer_by_name_or_id(capsys: pytest.CaptureFixture[str], name: str) -> None:
    viewer = made(capsys, "--officer", name)
    assert viewer.account == identity.account_of_officer(LI)
    assert viewer.person is None


def test_a_token_of_an_enterprise_is_its_only_holders(capsys: pytest.CaptureFixture[str]) -> None:
    viewer = made(capsys, "--enterprise", CODE)
    assert (viewer.person, viewer.acting_for) == (ZHANG, identity.enterprise(CODE).key)


def test_where_several_may_act_one_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    entitle_wang()
    assert "2 persons may act" in refused(capsys, "create", "--enterprise", CODE)
    assert made(capsys, "--enterprise", CODE, "--resident", "wang").person == WANG


def test_a_named_resident_without_a_mandate_gets_none(capsys: pytest.CaptureFixture[str]) -> None:
    assert "identity.no-mandate" in refused(capsys, "create", "--enterprise", CODE, "--resident", "wang")


@pytest.mark.parametrize(
    "arguments",
    [
        ("--resident", "nobody"),
        ("--resident", "li"),
        ("--officer", "zhang"),
        ("--officer", "00000000-0000-0000-0000-000000000000"),
        ("--enterprise", "91510104MA00000099"),
        (),
        ("--officer", "li", "--resident", "zhang"),
    ],
)
def test_what_cannot_be_made_is_said_in_one_line(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]
) -> None:
    assert "tongban: " in refused(capsys, "create", *arguments)


@pytest.mark.parametrize("days", ["0", "367", "-1", "many", "１"])
def test_days_are_a_number_from_1_to_366(capsys: pytest.CaptureFixture[str], days: str) -> None:
    with pytest.raises(SystemExit):
        main(["token", "create", "--resident", "zhang", f"--days={days}"])
    assert "1 to 366" in capsys.readouterr().err


def test_a_token_lasts_as_many_days_as_asked(capsys: pytest.CaptureFixture[str]) -> None:
    made(capsys, "--resident", "zhang", "--days", "3")
    [row] = identity.tokens(now())
    assert row.expires_at - row.created_at == timedelta(days=3)


def test_a_token_is_listed_and_revoked_by_its_id(capsys: pytest.CaptureFixture[str]) -> None:
    main(["token", "create", "--enterprise", CODE])
    token = capsys.readouterr().out.strip()
    main(["token", "list"])
    token_id, kind, code, *_, state = capsys.readouterr().out.strip().split("\t")
    assert (kind, code, state) == ("enterprise", CODE, "valid")
    assert main(["token", "revoke", token_id]) == 0
    with pytest.raises(Refusal, match=r"identity\.token\.invalid"):
        identity.bearer(token, now())
    assert "identity.token.unknown" in refused(capsys, "revoke", str(uuid4()))
