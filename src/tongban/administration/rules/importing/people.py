"""People of a spreadsheet: one row for each post that somebody holds."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from tongban.administration.rules.importing.places import known_body
from tongban.administration.rules.importing.trying import Trying
from tongban.administration.rules.shape import HeldAt, PersonAt, Seat, officer_numbered
from tongban.administration.rules.steps import Appoint, HavePerson, Relieve
from tongban.engine.sheets import Row
from tongban.kernel.ids import BodyCode, OfficerId

_NUMBER: Final = re.compile(r"[A-Za-z0-9-]{2,20}", re.ASCII)
_YEARS_AHEAD: Final = 2
_FOUNDED: Final = date(1949, 10, 1)
"""No post of today began before the People's Republic."""


@dataclass(slots=True)
class _Known:
    """Who is known: by number; by name, where a number was never given; and by what name so far here."""

    numbers: dict[str, PersonAt]
    unnumbered: dict[str, list[PersonAt]]
    names: dict[str, str] = field(default_factory=dict)


def judge_people(rows: Sequence[Row], trying: Trying) -> None:
    """People and what they hold; who leaves a post does so before another is given."""
    known = _known(trying)
    for row in sorted(rows, key=lambda one: one.day("免职日期") is None):
        body, dated = known_body(row, trying), _dates_are_sound(row, trying)
        seat = _seat_of(row, body, trying)
        person = _person_of(row, body, known, trying)
        if person is None or not _has_one_name(row, known, trying):
            continue
        if seat is not None and dated:
            trying.take(HavePerson(str(person.officer), person.name, person.number))
            known.numbers[person.number] = person
            _judge_tenure(row, person.officer, seat, trying)


def _known(trying: Trying) -> _Known:
    unnumbered: defaultdict[str, list[PersonAt]] = defaultdict(list)
    for one in trying.shape.people.values():
        if not one.number:
            unnumbered[one.name].append(one)
    return _Known({one.number: one for one in trying.shape.people.values() if one.number}, unnumbered)


def _has_one_name(row: Row, known: _Known, trying: Trying) -> bool:
    number, name = row.text("工号"), row.text("姓名")
    if known.names.setdefault(number, name) == name:
        return True
    says = f"工号 {number} 前面写的是“{known.names[number]}”。"
    trying.fault("person.two-names", row, "姓名", says, "同一个工号只能是一个人，请核对。")
    return False


def _person_of(row: Row, body: BodyCode | None, known: _Known, trying: Trying) -> PersonAt | None:
    """Whom a row is about: known by number, or by name at the body and without a number yet, or new."""
    number, name = row.text("工号"), row.text("姓名")
    if not _is_plain(row, trying) or not (number and name):
        return None
    if number not in known.numbers:
        return _without_number(row, body, known, trying)
    person = known.numbers[number]
    if not all(map(trying.within, trying.shape.regions_of(person.officer, trying.today))):
        do = "请核对工号；要调来的，请先由原单位的管理员免去那里的职务。"
        trying.fault("person.elsewhere", row, "工号", f"工号 {number} 的人不归您管理。", do)
        return None
    return person._replace(name=name)


def _is_plain(row: Row, trying: Trying) -> bool:
    number, name = row.text("工号"), row.text("姓名")
    if number and not _NUMBER.fullmatch(number):
        do = "请用 2 至 20 位字母、数字或短横。"
        trying.fault("person.number", row, "工号", f"工号“{number}”不对。", do)
        return False
    if name and not any(char.isalpha() for char in name):
        trying.fault("person.name", row, "姓名", f"“{name}”不是姓名。", "请填身份证件上的姓名。")
        return False
    return True


def _without_number(row: Row, body: BodyCode | None, known: _Known, trying: Trying) -> PersonAt | None:
    number, name = row.text("工号"), row.text("姓名")
    alike = [one for one in known.unnumbered.get(name, ()) if _serves(one.officer, body, trying)]
    if len(alike) > 1:
        do = "请先在人员页面上给他们各自登记工号。"
        trying.fault("person.same-name", row, "姓名", f"这个单位有 {len(alike)} 个没有工号的{name}。", do)
        return None
    return PersonAt(alike[0].officer if alike else officer_numbered(number), name, number)


def _serves(officer: OfficerId, body: BodyCode | None, trying: Trying) -> bool:
    held = trying.shape.held.get(officer, ())
    return any(one.seat.body == body and one.on(trying.today) for one in held)


def _seat_of(row: Row, body: BodyCode | None, trying: Trying) -> Seat | None:
    title = row.text("职务名称")
    if body is None or not title:
        return None
    seat = Seat(body, title)
    if seat not in trying.shape.posts:
        do = "请核对名称，或者先在“职务”表里加上。"
        says = f"{trying.shape.body(body)}没有“{title}”这个职务。"
        trying.fault("person.post", row, "职务名称", says, do)
        return None
    return seat


def _dates_are_sound(row: Row, trying: Trying) -> bool:
    since, until = row.day("任职日期"), row.day("免职日期")
    sound = since is not None
    for heading, day in (("任职日期", since), ("免职日期", until)):
        if day and not _FOUNDED <= day <= trying.today.replace(day=1, year=trying.today.year + _YEARS_AHEAD):
            says = f"{day} 太早或者太晚。"
            trying.fault("person.day", row, heading, says, "请核对年份。")
            sound = False
    if sound and since and until and until <= since:
        says = f"免职日期 {until} 不在任职日期 {since} 之后。"
        trying.fault("person.until", row, "免职日期", says, "请核对两个日期；还在任的，免职日期不填。")
        return False
    return sound


def _judge_tenure(row: Row, officer: OfficerId, seat: Seat, trying: Trying) -> None:
    since, until = row.day("任职日期"), row.day("免职日期")
    assert since is not None, "dates were judged before"
    if before := trying.met((officer, seat, since), row, "职务名称"):
        trying.fault("person.twice", row, "职务名称", f"这一任前面 {before} 已经有了。", "请只留一行。")
        return
    held = trying.shape.held.get(officer, ())
    same = [one for one in held if one.seat == seat and _meet(one, since, until)]
    if same:
        _judge_known(row, officer, same[-1], trying)
        return
    other = [one for one in held if one.seat.body != seat.body and _meet(one, since, until)]
    if other:
        says = f"这个人同时在{trying.shape.body(other[0].seat.body)}任职。"
        do = "一个人只能在一个单位任职：请先填原职务的免职日期，再任新职。"
        trying.fault("person.two-bodies", row, "单位代码", says, do)
        return
    trying.take_row(Appoint(str(officer), seat.body, seat.title, since, until))


def _judge_known(row: Row, officer: OfficerId, known: HeldAt, trying: Trying) -> None:
    """A row about a post that the person holds or held already."""
    since, until = row.day("任职日期"), row.day("免职日期")
    if known.since != since:
        says = f"已经登记的任职日期是 {known.since}。"
        do = "请照登记的填；重新任职的，前一任要先填免职日期。"
        trying.fault("person.since", row, "任职日期", says, do)
    elif known.until == until:
        trying.same += 1
    elif known.until is None and until is not None:
        trying.take_row(Relieve(str(officer), known.seat.body, known.seat.title, until))
    else:
        says = f"已经登记的免职日期是 {known.until}。"
        trying.fault("person.ended", row, "免职日期", says, "请照登记的填；登记错了的，请另行任职。")


def _meet(one: HeldAt, since: date, until: date | None) -> bool:
    """Whether a tenure and another share a day."""
    return (one.until is None or since < one.until) and (until is None or one.since < until)
