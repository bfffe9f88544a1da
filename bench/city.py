"""The city of a benchmark: one item with sixteen offices, an officer and a resident at each, with tokens."""

import tempfile
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

import psycopg
import yaml
from django.conf import settings
from django.test import override_settings
from stdnum.cn import uscc

from tongban.cases.tests.world import FOOD_ANSWERS, FOOD_MATERIALS
from tongban.catalogue import api as catalogue
from tongban.directory import api as directory
from tongban.identity import api as identity
from tongban.kernel.access import Officer, Role, Viewer
from tongban.kernel.ids import BodyCode, FileId, ItemCode, OfficerId, PersonKey, QueueId, RegionCode
from tongban.kernel.keys import new_key, ring, seal
from tongban.papers.commands import WAITS
from tongban.papers.rules import HANDLE, Attachment, Handle, Kind, content_of, to_text

LIKE, ITEM = "food-operation-licence", ItemCode("bench-licence")
REGIONS = (
    *("510104", "510105", "510106", "510107", "510108", "510112", "510113", "510114"),
    *("510115", "510116", "510117", "510118", "510121", "510129", "510131", "510181"),
)
CITY = RegionCode("510100")
MATERIALS = FOOD_MATERIALS
# The remarks bring the answers to 2 kB as JSON.
ANSWERS = FOOD_ANSWERS | {"remarks": "厨房在后院，前厅一层，二层作仓库；开业前请先到现场看一看。" * 17}
FILE = b"%PDF-1.4\n" + b"% " * 200 + b"\n%%EOF\n"
_SHA256 = sha256(FILE).digest()


@dataclass(frozen=True, slots=True)
class Office:
    """One body with its queue, an officer who handles, and a resident who applies there."""

    region: RegionCode
    body: BodyCode
    queue: QueueId
    officer: Viewer
    officer_token: str
    resident: Viewer
    resident_token: str

    @property
    def person(self) -> PersonKey:
        assert self.resident.person is not None
        return self.resident.person


@dataclass(frozen=True, slots=True)
class City:
    """All offices, and the token of the supervisor who sees every region."""

    offices: tuple[Office, ...]
    supervisor_token: str


# A password hashed as well as in life takes half a second, and nobody here ever types one.
@override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"])
def build(at: datetime) -> City:
    """The item published, everybody appointed and given a token."""
    bodies = [_credit_code(region) for region in REGIONS]
    _publish(bodies, at)
    item = catalogue.item(ITEM)
    offices = []
    for region, body in zip(REGIONS, bodies, strict=True):
        officer, officer_token = _officer(body, RegionCode(region), Role.HANDLER, at)
        resident, resident_token = _resident(at)
        queue = catalogue.queue_of(item, body)
        offices.append(
            Office(RegionCode(region), body, queue, officer, officer_token, resident, resident_token)
        )
    hall = _credit_code(CITY)
    directory.ensure_body(code=hall, name="成都市政务服务监督处", region=CITY)
    _, supervisor_token = _officer(hall, CITY, Role.SUPERVISOR, at)
    return City(tuple(offices), supervisor_token)


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file that waits to be attached, and the handle its uploader holds."""

    id: FileId
    handle: str


def store_files(url: str, owners: list[PersonKey], count: int, at: datetime) -> list[list[StoredFile]]:
    """Store `count` small files for each owner, as `papers.store` does but by one COPY; the files of each."""
    stored: list[list[StoredFile]] = []
    expires = (at + WAITS).replace(microsecond=0)
    with (
        psycopg.connect(url) as direct,
        direct.cursor() as cursor,
        cursor.copy("copy papers_file (id, uploader, sealed, size, kind, expires_at) from stdin") as copy,
    ):
        for owner in owners:
            mine = []
            for _ in range(count):
                file = Attachment(FileId(uuid4()), new_key(), _SHA256, len(FILE), Kind.PDF, "平面图.pdf")
                sealed = seal(file.key, FILE, content_of(file.id))
                copy.write_row((file.id, owner, sealed, file.size, file.kind.value, expires))
                handle = ring().wrap(Handle(file, owner, expires).pack(), HANDLE)
                mine.append(StoredFile(file.id, to_text(handle)))
            stored.append(mine)
    return stored


def _publish(bodies: list[BodyCode], at: datetime) -> None:
    source = Path(settings.PACKS) / "items" / LIKE
    item = yaml.safe_load((source / "item.yaml").read_text("utf-8"))
    first = item["offices"][0]
    item["offices"] = [
        first | {"body": body, "region": region, "name": f"测试机关{region}"}
        for region, body in zip(REGIONS, bodies, strict=True)
    ]
    with tempfile.TemporaryDirectory() as folder:
        pack = Path(folder) / ITEM
        pack.mkdir()
        (pack / "item.yaml").write_text(yaml.safe_dump(item, allow_unicode=True), "utf-8")
        for name in ("form.yaml", "guide.md"):
            (pack / name).write_text((source / name).read_text("utf-8"), "utf-8")
        catalogue.publish([pack], at=at)


def _credit_code(region: str) -> BodyCode:
    """An invented unified social credit code with a valid check character."""
    base = f"11{region[:6]}MB9{region[:6]}"
    return BodyCode(base + uscc.calc_check_digit(base))


def appointed(body: BodyCode, region: RegionCode, role: Role, at: datetime) -> Viewer:
    """Somebody more, in a post with this role."""
    return _officer(body, region, role, at)[0]


def _officer(body: BodyCode, region: RegionCode, role: Role, at: datetime) -> tuple[Viewer, str]:
    officer = OfficerId(uuid4())
    directory.ensure_officer(officer, name="测试人员")
    post = directory.ensure_post(body=body, title=f"岗位 {role}", roles=[role])
    directory.appoint(officer, post, since=date(2020, 1, 1))
    account = identity.open_account(f"{body}-{officer}", str(uuid4()), officer=officer)
    who = Officer(officer, body, region, frozenset({role}), "测试人员")
    return Viewer(account, officer=who, shown_as="测试人员"), identity.create_token(account, at=at)


def _resident(at: datetime) -> tuple[Viewer, str]:
    person = ring().person_key("person", str(uuid4()))
    account = identity.open_account(str(uuid4()), str(uuid4()), person=person)
    return Viewer(account, person, shown_as="张*丰"), identity.create_token(account, at=at)
