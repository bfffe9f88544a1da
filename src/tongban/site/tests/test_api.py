"""Programs get problem+json for whatever they send; no input is so bad that it becomes a fault of ours."""

import json
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from tongban.kernel.ids import AccountId
from tongban.papers.tests.samples import a_pdf, a_png
from tongban.site.tests.addresses import SECRET

Header = Callable[[AccountId], dict[str, str]]
GOOD = {"one": {"name": "张三", "age": 40}}


def sent(body: bytes, content_type: str = "application/json") -> Any:
    return Client(raise_request_exception=False).post("/api/trial/echo", body, content_type=content_type)


def problem(answer: Any) -> dict[str, Any]:
    assert answer["Content-Type"] == "application/problem+json"
    told: dict[str, Any] = json.loads(answer.content)
    assert {"type", "title", "status", "code", "detail", "do"} <= set(told)
    assert told["status"] == answer.status_code
    return told


@pytest.mark.django_db
def test_good_input_is_taken() -> None:
    answer = sent(json.dumps(GOOD).encode())
    assert (answer.status_code, answer.json()["one"]["name"]) == (200, "张三")


def test_every_fault_of_an_input_is_told_at_once_with_its_place_and_what_to_do() -> None:
    bad = {"one": {"name": SECRET * 9, "age": 200, "born": "yesterday"}, "more": [{"age": "x"}]}
    told = problem(sent(json.dumps(bad).encode()))
    assert (told["status"], told["code"]) == (422, "request.invalid")
    assert {(fault["place"], fault["code"]) for fault in told["faults"]} == {
        ("one.name", "request.string-too-long"),
        ("one.age", "request.less-than-equal"),
        ("one.born", "request.date-from-datetime-parsing"),
        ("more.0.name", "request.missing"),
        ("more.0.age", "request.int-parsing"),
    }
    assert "请不要超过 9 个字符。" in [fault["do"] for fault in told["faults"]]
    assert SECRET not in json.dumps(told, ensure_ascii=False)


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"", 422, "request.invalid"),
        (b"{", 400, "request.malformed"),
        (b"[" * 100_000, 400, "request.malformed"),
        (b'{"one":' * 5000 + b"1" + b"}" * 5000, 400, "request.malformed"),
        (b'{"one": {"name": "\xff\xfe", "age": 1}}', 400, "request.malformed"),
        (b'{"one": {"name": "\xed\xa0\x80a", "age": 1}}', 400, "request.malformed"),
        (rb'{"one": {"name": "\ud800a", "age": 1}}', 400, "request.malformed"),
        (rb'{"one": {"name": "a\u0000b", "age": 1}}', 422, "request.unstorable"),
        (rb'{"one": {"name": "ab", "age": 1}, "any": {"a\u0000": 1}}', 422, "request.unstorable"),
        (b'{"one": {"name": "ab", "age": 1}, "any": 9223372036854775808}', 422, "request.unstorable"),
        (b'{"one": {"name": "ab", "age": 1}, "any": [-99999999999999999999]}', 422, "request.unstorable"),
        (b'{"one": {"name": "ab", "age": 1}, "any": [1e300]}', 422, "request.unstorable"),
        (b'{"one": {"name": "ab", "age": 1e999}}', 400, "request.malformed"),
        (b'{"one": {"name": "ab", "age": NaN}}', 400, "request.malformed"),
        (b"null", 422, "request.invalid"),
        (b'"text"', 422, "request.invalid"),
        (b'{"one": {"name": "' + b"x" * 1_000_001 + b'"}}', 413, "request.too-large"),
    ],
)
def test_bad_json_is_a_refusal(body: bytes, status: int, code: str) -> None:
    told = problem(sent(body))
    assert (told["status"], told["code"]) == (status, code)


@pytest.mark.django_db
def test_long_numbers_and_escapes_in_text_are_only_text() -> None:
    text = {"one": {"name": r"\u0000 1", "age": 1}, "any": ["510104199001010018", "1e99", 2**63 - 1]}
    answer = sent(json.dumps(text).encode())
    assert (answer.status_code, answer.json()["any"][2]) == (200, 2**63 - 1)


@pytest.mark.parametrize("content_type", ["text/plain", "application/xml", "multipart/form-data", ""])
def test_another_content_type_is_told_so(content_type: str) -> None:
    assert problem(sent(b"{}", content_type))["status"] == 415


json_like = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters()),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
)
shaped = st.fixed_dictionaries(
    {"one": st.fixed_dictionaries({"name": st.text(st.characters()), "age": json_like}), "any": json_like}
)


@pytest.mark.django_db
@given(json_like | shaped)
def test_no_json_is_a_fault_of_ours(document: Any) -> None:
    assert sent(json.dumps(document).encode("utf-8", "surrogatepass")).status_code in (200, 400, 422)


@given(st.binary(max_size=200))
def test_no_bytes_are_a_fault_of_ours(body: bytes) -> None:
    assert sent(body).status_code in (400, 422)


@pytest.mark.parametrize(
    ("method", "address", "status"),
    [
        ("get", "/api/v1/", 404),
        ("get", "/api/v1/no/such", 404),
        ("get", "/api/nothing", 404),
        ("get", "/api/v1/files", 405),
        ("delete", "/api/v1/files", 405),
        ("get", "/api/v1/files%00", 400),
        ("get", "/health/nothing", 404),
        ("post", "/health/live", 405),
    ],
)
def test_programs_get_problems_wherever_they_go(method: str, address: str, status: int) -> None:
    assert problem(getattr(Client(), method)(address))["status"] == status


def test_a_fault_tells_programs_an_id_and_nothing_else(capsys: pytest.CaptureFixture[str]) -> None:
    answer = Client(raise_request_exception=False).get("/api/trial/broken")
    told = problem(answer)
    assert (told["status"], told["code"]) == (500, "site.fault")
    assert told["id"] in capsys.readouterr().err
    assert SECRET not in answer.content.decode()


def test_a_lost_database_tells_programs_when_to_come_again() -> None:
    answer = Client(raise_request_exception=False).get("/api/trial/away")
    assert (problem(answer)["status"], answer["Retry-After"]) == (503, "5")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "authorization", ["", "Bearer", "Bearer x", "Basic eDp5", "Bearer tb_" + "A" * 43, "Bearer \xff"]
)
def test_without_a_good_token_there_is_no_way_in(authorization: str) -> None:
    answer = Client().get("/api/trial/who", headers={"authorization": authorization})
    assert (problem(answer)["status"], answer["WWW-Authenticate"]) == (401, "Bearer")


def test_a_token_costs_one_statement_and_opens_no_session(resident: AccountId, token: Header) -> None:
    header = token(resident)
    with CaptureQueriesContext(connection) as asked:
        answer = Client().get("/api/trial/who", headers=header)
    assert (answer.status_code, answer.json(), len(asked)) == (200, {"who": "张*三"}, 1)
    assert not answer.cookies
    assert answer["Cache-Control"] == "no-store"


def upload(header: dict[str, str], content: bytes, name: str = "平面图.pdf") -> Any:
    file = BytesIO(content)
    file.name = name
    client = Client(raise_request_exception=False)
    return client.post("/api/v1/files", {"file": file}, headers=header)


def test_a_file_is_stored_in_two_statements(resident: AccountId, token: Header) -> None:
    header = token(resident)
    with CaptureQueriesContext(connection) as asked:
        answer = upload(header, a_pdf())
    assert answer.status_code == 201
    assert len(asked) == 2
    told = answer.json()
    assert (told["kind"], told["size"], told["name"]) == ("application/pdf", len(a_pdf()), "平面图.pdf")
    assert set(told) == {"file", "kind", "size", "name", "expires_at"}


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        (b"", 422, "papers.file.empty"),
        (b"GIF89a", 422, "papers.file.kind"),
        (a_png()[:-4], 422, "papers.file.damaged"),
        (b"%PDF-" + bytes(10 * 1024 * 1024), 413, "papers.file.too-large"),
        (bytes(41_000_000), 413, "request.too-large"),
    ],
    ids=["empty", "kind", "damaged", "large", "too large to read"],
)
def test_a_file_that_cannot_be_kept_is_refused(
    resident: AccountId, token: Header, content: bytes, status: int, code: str
) -> None:
    told = problem(upload(token(resident), content))
    assert (told["status"], told["code"]) == (status, code)


def test_an_officer_uploads_nothing_for_an_applicant(officer: AccountId, token: Header) -> None:
    assert problem(upload(token(officer), a_pdf()))["code"] == "papers.file.not-a-person"


@pytest.mark.parametrize(
    ("content_type", "body", "status"),
    [
        ("application/json", b"{}", 422),
        ("multipart/form-data", b"x", 400),
        ("multipart/form-data; boundary=x", b"", 422),
        ("multipart/form-data; boundary=x", b"--x\r\nnonsense", 422),
        ("multipart/form-data; boundary=\xe9", b"--x", 400),
    ],
)
def test_an_upload_without_a_file_is_refused(
    resident: AccountId, token: Header, content_type: str, body: bytes, status: int
) -> None:
    answer = Client(raise_request_exception=False).post(
        "/api/v1/files", body, content_type=content_type, headers=token(resident)
    )
    assert problem(answer)["status"] == status


def test_the_openapi_document_says_of_every_operation_that_it_may_refuse() -> None:
    document = Client().get("/api/v1/openapi.json").json()
    operations = [one for path in document["paths"].values() for one in path.values()]
    assert operations
    assert all("application/problem+json" in one["responses"]["default"]["content"] for one in operations)
