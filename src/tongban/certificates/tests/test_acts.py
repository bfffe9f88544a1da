"""Commands on a real database: issued once, changed in a chain, revoked by two, gone at once for everyone."""

import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from tongban.certificates import commands, models, queries
from tongban.certificates.events import KINDS
from tongban.certificates.rules.evolve import fold
from tongban.certificates.rules.life import Act, Holding
from tongban.certificates.rules.state import CertificateState
from tongban.certificates.tests.world import (
    ANSWERS,
    MONDAY,
    a_person,
    an_officer,
    an_order,
    handler_of,
    issued,
    leader_of,
    owner_of,
)
from tongban.kernel.access import Role
from tongban.kernel.events import event_of
from tongban.kernel.hanging import rewrap_all
from tongban.kernel.keys import master_of, rotate
from tongban.kernel.refusal import Refusal
from tongban.kernel.sql import run
from tongban.ledger import api as ledger

HOLDS = "有效"

pytestmark = pytest.mark.usefixtures("transactional_db")


def row_of(number):
    serial, edition = number.split("-")
    return run(
        f"select {models.COLUMNS} from certificates_certificate c"
        " where serial = $1::text and edition = $2::int",
        (serial, int(edition)),
    )[0]


def events_of(number):
    rows = run(
        "select kind, body, tag from certificates_event where certificate_id = $1::bigint order by seq",
        (row_of(number)[0],),
    )
    return [(kind, body, tag) for kind, body, tag in rows]


def revoke(number, order, *, at=MONDAY, ground="unlawful-grant"):
    commands.ask_revocation(
        number, seen=None, by=handler_of(order), at=at, ground=ground, text="申请时提供了虚假的布局图。"
    )
    return commands.approve_revocation(number, seen=None, by=leader_of(order), at=at)


def test_a_grant_told_twice_issues_one_certificate():
    number, order = issued()
    assert commands.issue(order, at=MONDAY + timedelta(hours=1)) == number
    assert [kind for kind, _, _ in events_of(number)] == ["issued"]


def test_the_holder_reads_what_is_printed_and_how_long_it_holds():
    number, order = issued()
    view = queries.certificate(number, owner_of(order), at=MONDAY)
    assert view.says == HOLDS
    assert dict(view.lines) == {
        "经营者名称": "成都市锦江区小满面馆",
        "统一社会信用代码": "91510104MA90000016",
        "法定代表人（负责人）": "张小满",
        "经营场所": "成都市锦江区总府路1号",
        "主体业态": "餐饮服务",
        "经营项目": "热食、自制饮品",
        "发证机关": "锦江区市场监督管理局（样例）",
        "发证日期": "2026 年 3 月 9 日",
        "有效期至": "2031 年 3 月 9 日",
    }
    assert view.metadata | {"ZZBS": "", "ZZBH": "", "ZZBFJGDM": ""} == {
        "ZZMC": "食品经营许可证",
        "ZZBH": "",
        "ZZBS": "",
        "ZZLXDM": "11100000MB9000001J001",
        "ZZLXMC": "食品经营许可证",
        "ZZBFJG": "锦江区市场监督管理局（样例）",
        "ZZBFJGDM": "",
        "ZZBFRQ": "2026-03-09",
        "ZZYXQQSRQ": "2026-03-09",
        "ZZYXQJZRQ": "2031-03-09",
        "CZZT": "成都市锦江区小满面馆",
        "CZZTDM": "91510104MA90000016",
        "CZZTDMLX": "统一社会信用代码",
        "CZZTDMLXDM": "001",
        "BBH": "001",
        "ZZZT": "01",
        "GLZZBS": "",
    }


def test_nothing_of_the_holder_stands_in_clear():
    number, _ = issued("residence-permit")
    stored = repr(
        run("select to_jsonb(c)::text from certificates_certificate c where id = $1", (row_of(number)[0],))
    )
    told = "".join(body for _, body, _ in events_of(number))
    for secret in (ANSWERS["person-name"], ANSWERS["resident-id"], ANSWERS["living-address"]):
        assert secret not in stored + told
    assert queries.check(number, at=MONDAY).holder == "阿依古丽·***"


def test_strangers_see_nothing_and_officers_no_content():
    number, order = issued("residence-permit")
    with pytest.raises(Refusal, match="access.not-allowed"):
        queries.certificate(number, a_person(), at=MONDAY)
    seen = queries.certificate(number, handler_of(order), at=MONDAY)
    assert seen.lines == [] and seen.metadata == {} and "*" in seen.holder
    with pytest.raises(Refusal, match="access.not-allowed"):
        commands.suspend(number, seen=None, by=an_officer("x", Role.HANDLER), at=MONDAY, text="核查")


def test_revoking_takes_two_and_shows_at_once():
    number, order = issued()
    handler, leader = handler_of(order), leader_of(order)
    both = an_officer(order.body, Role.HANDLER, Role.LEADER)
    commands.ask_revocation(
        number, seen=None, by=both, at=MONDAY, ground="unlawful-grant", text="申请材料是假的。"
    )
    assert queries.check(number, at=MONDAY).valid
    with pytest.raises(Refusal, match="certificates.revocation.own"):
        commands.approve_revocation(number, seen=None, by=both, at=MONDAY)
    with pytest.raises(Refusal, match="access.not-allowed"):
        commands.approve_revocation(number, seen=None, by=handler, at=MONDAY)
    with pytest.raises(Refusal, match="asked-already"):
        commands.ask_revocation(number, seen=None, by=handler, at=MONDAY, ground="penalty", text="再提一次")
    commands.approve_revocation(number, seen=None, by=leader, at=MONDAY)
    assert queries.check(number, at=MONDAY).says == "已撤销"
    story = queries.certificate(number, owner_of(order), at=MONDAY).story
    assert [(told.words, told.reason) for told in story] == [
        ("颁发", None),
        ("提出收回，请负责人批准：原来的许可不该给，依法撤销", "申请材料是假的。"),
        ("收回：原来的许可不该给，依法撤销", None),
    ]


def test_a_penalty_forfeits_and_a_declined_revocation_changes_nothing():
    number, order = issued()
    assert revoke(number, order, ground="penalty").status == "forfeited"
    other, order = issued()
    commands.ask_revocation(
        other, seen=None, by=handler_of(order), at=MONDAY, ground="penalty", text="待查。"
    )
    commands.decline_revocation(other, seen=None, by=leader_of(order), at=MONDAY)
    assert queries.check(other, at=MONDAY).valid
    with pytest.raises(Refusal, match="ground.unknown"):
        revoke(other, order, ground="grant-reversed")
    with pytest.raises(Refusal, match="reason.missing"):
        commands.suspend(other, seen=None, by=handler_of(order), at=MONDAY, text=" ")


def test_a_suspended_certificate_holds_again_once_restored():
    number, order = issued()
    acted = commands.suspend(number, seen=None, by=handler_of(order), at=MONDAY, text="现场核查。")
    assert queries.check(number, at=MONDAY).holding is Holding.SUSPENDED
    with pytest.raises(Refusal, match="certificates.stale"):
        commands.restore(number, seen=acted.version - 1, by=handler_of(order), at=MONDAY, text="合格。")
    commands.restore(number, seen=acted.version, by=handler_of(order), at=MONDAY, text="合格。")
    assert queries.check(number, at=MONDAY).valid


def test_a_change_is_a_new_edition_linked_to_the_one_before():
    number, order = issued()
    later = commands.change(
        number,
        seen=None,
        by=handler_of(order),
        at=MONDAY,
        lines={"法定代表人（负责人）": "李大满"},
        text="法定代表人变更。",
    )
    assert later == number.replace("-001", "-002")
    assert queries.check(number, at=MONDAY).says == "已失效"
    assert queries.check(number, at=MONDAY).latest == later
    view = queries.certificate(later, owner_of(order), at=MONDAY)
    assert dict(view.lines)["法定代表人（负责人）"] == "李大满"
    assert view.metadata["GLZZBS"] == queries.check(number, at=MONDAY).identifier
    assert [row.number for row in queries.wallet(owner_of(order), at=MONDAY)] == [later]
    with pytest.raises(Refusal, match="certificates.change.wrong-status"):
        commands.change(
            number, seen=None, by=handler_of(order), at=MONDAY, lines={"经营场所": "别处"}, text="搬迁"
        )
    for line, code in (({"星座": "?"}, "unknown-line"), ({"经营场所": "远" * 2001}, "too-long")):
        with pytest.raises(Refusal, match=code):
            commands.change(later, seen=None, by=handler_of(order), at=MONDAY, lines=line, text="?")


def test_it_lapses_when_its_last_day_is_over_and_not_before():
    number, _ = issued()
    last_day = datetime(2031, 3, 9, 15, 59, tzinfo=UTC)
    assert queries.check(number, at=last_day).valid
    commands.expire_due(last_day)
    assert queries.check(number, at=last_day).valid
    assert queries.check(number, at=last_day + timedelta(minutes=1)).holding is Holding.EXPIRED
    commands.expire_due(last_day + timedelta(minutes=1))
    commands.expire_due(last_day + timedelta(days=1))
    assert [kind for kind, _, _ in events_of(number)] == ["issued", "expired"]
    assert queries.check(number, at=last_day + timedelta(days=1)).says == "已失效"


def test_a_permit_not_endorsed_in_time_may_not_be_used_until_it_is():
    number, order = issued("residence-permit")
    year_later = datetime(2027, 3, 10, 2, 0, tzinfo=UTC)
    assert queries.check(number, at=year_later - timedelta(days=1)).valid
    assert queries.check(number, at=year_later).holding is Holding.UNENDORSED
    with pytest.raises(Refusal, match="too-early"):
        commands.endorse(number, seen=None, by=handler_of(order), at=MONDAY)
    commands.endorse(number, seen=None, by=handler_of(order), at=year_later)
    assert queries.check(number, at=datetime(2028, 3, 10, 2, 0, tzinfo=UTC)).valid
    assert not queries.check(number, at=datetime(2028, 3, 11, 2, 0, tzinfo=UTC)).valid


def test_only_what_has_to_be_endorsed_can_be():
    number, order = issued()
    with pytest.raises(Refusal, match="endorse.not-needed"):
        commands.endorse(number, seen=None, by=handler_of(order), at=MONDAY)
    assert Act.ENDORSE not in queries.certificate(number, handler_of(order), at=MONDAY).acts


def test_a_grant_undone_takes_its_certificate_with_it_and_a_new_grant_brings_another():
    number, order = issued()
    assert commands.revoke_with_grant(order.case, order.granted, at=MONDAY) == 1
    assert commands.revoke_with_grant(order.case, order.granted, at=MONDAY) == 0
    assert queries.check(number, at=MONDAY).says == "已撤销"
    anew = commands.issue(replace(order, granted=9), at=MONDAY)
    assert anew != number
    assert commands.revoke_with_grant(order.case, order.granted, at=MONDAY) == 0
    assert queries.check(anew, at=MONDAY).valid


def test_a_business_licence_founds_an_enterprise_that_its_applicant_acts_for():
    founder = a_person()
    number, _ = issued("business-licence", holder=founder.person)
    rows = run(
        "select m.person_key from certificates_certificate c"
        " join identity_mandate m on m.enterprise_id = c.holder where c.serial = $1",
        (number[:16],),
    )
    assert [bytes(key) for (key,) in rows] == [founder.person]


def test_every_event_leaves_one_leaf_that_tells_nothing():
    number, order = issued()
    revoke(number, order)
    rows = run(
        "select e.tag, p.kind, p.queue, p.entry, e.id from certificates_event e"
        " join ledger_pending p on p.event_id = e.id where e.certificate_id = $1::bigint order by e.seq",
        (row_of(number)[0],),
    )
    assert len(rows) == 3 and len({tag for tag, *_ in rows}) == 3
    for tag, kind, queue, entry, id in rows:
        assert (kind, queue, id < 0) == ("other", "certificates", True)
        assert tag in entry and order.body not in entry and "licence" not in entry
    while ledger.seal(MONDAY):
        pass
    sealed = run(
        "select count(*) from ledger_leaf where event_id = any($1::bigint[])", ([row[4] for row in rows],)
    )
    assert sealed == [(3,)]


def test_the_row_is_the_fold_of_its_events():
    number, order = issued("residence-permit")
    commands.suspend(number, seen=None, by=handler_of(order), at=MONDAY, text="核查")
    commands.restore(number, seen=None, by=handler_of(order), at=MONDAY, text="合格")
    revoke(number, order)
    stored = models.state_of(row_of(number))
    events = [event_of(KINDS[kind], body) for kind, body, _ in events_of(number)]
    assert fold(CertificateState(stored.head), events) == stored


FORBIDDEN = {
    "one_edition_of_a_number": "insert into certificates_certificate select r.*"
    " from certificates_certificate c, jsonb_populate_record(c, jsonb_build_object('id', -c.id,"
    " 'status', 'lapsed', 'case_id', 0)) r where c.id = $1",
    "one_standing_edition_of_a_serial": "insert into certificates_certificate select r.* from"
    " certificates_certificate c, jsonb_populate_record(c, jsonb_build_object('id', -c.id, 'edition', 2,"
    " 'before_id', c.id)) r where c.id = $1",
    "one_certificate_for_a_grant": "insert into certificates_certificate select r.*"
    " from certificates_certificate c, jsonb_populate_record(c, jsonb_build_object('id', -c.id,"
    " 'serial', 'x')) r where c.id = $1",
    "a_later_edition_names_the_one_before": "update certificates_certificate set edition = 2 where id = $1",
    "certificate_status_is_known": "update certificates_certificate set status = 'lost' where id = $1",
    "certificate_ends_after_it_begins": "update certificates_certificate set valid_until = '2020-01-01'"
    " where id = $1",
    "a_revocation_is_asked_for_whole": "update certificates_certificate"
    " set asked_ground = 'penalty' where id = $1",
    "certificate_is_held_by_a_key": "update certificates_certificate set holder = '' where id = $1",
    "one_event_at_a_place_of_a_certificate": "insert into certificates_event"
    " (certificate_id, seq, kind, version, at, tag, body)"
    " select certificate_id, seq, kind, version, at, tag, body from certificates_event"
    " where certificate_id = $1",
    "one_reason_of_an_event": "insert into certificates_reason (certificate_id, seq, sealed)"
    " select $1, 2, '' from generate_series(1, 2)",
    "certificate_type_has_a_version_once": "insert into certificates_type (slug, version, digest, document)"
    " select slug, version, 'x', '' from certificates_type where $1 > 0 limit 1",
    "certificate_type_keeps_a_content_once": "insert into certificates_type (slug, version, digest, document)"
    " select slug, -version, digest, '' from certificates_type where $1 > 0 limit 1",
    "certificate_event_is_never_changed|certificates_event is never changed": "delete from certificates_event"
    " where certificate_id = $1",
}


@pytest.mark.parametrize("promise", FORBIDDEN)
def test_the_database_keeps_its_promise(promise):
    number, _ = issued()
    with pytest.raises(IntegrityError, match=promise), transaction.atomic():
        run(FORBIDDEN[promise].replace("$1", "$1::bigint"), (row_of(number)[0],))


def test_what_is_no_number_is_unknown():
    for wrong in ("", "x", "0" * 16 + "-001", "1.2.156.3005.2.a.b.c.d.e", "☃"):
        with pytest.raises(Refusal, match="certificates.unknown"):
            queries.check(wrong, at=MONDAY)
    number, _ = issued()
    identifier = queries.check(number, at=MONDAY).identifier
    assert queries.check(identifier.lower(), at=MONDAY).number == number


def test_a_check_costs_one_statement_and_next_to_no_time(django_assert_num_queries):
    number, _ = issued()
    identifier = queries.check(number, at=MONDAY).identifier
    with django_assert_num_queries(1):
        assert queries.check(identifier, at=MONDAY).valid
    began = time.perf_counter()
    for _ in range(100):
        queries.check(identifier, at=MONDAY)
    assert (time.perf_counter() - began) / 100 < 0.005


def test_after_a_rotation_every_key_is_wrapped_anew_and_opens_the_same():
    number, order = issued()
    current = rotate()
    assert rewrap_all(commands.KEY_TABLES)["certificates"].done >= 1
    assert rewrap_all(commands.KEY_TABLES)["certificates"].done == 0
    assert master_of(bytes(row_of(number)[19])) == current
    assert queries.certificate(number, owner_of(order), at=MONDAY).lines


def test_two_orders_of_one_type_share_its_version():
    first, _ = issued()
    second, order = issued()
    assert row_of(first)[4] == row_of(second)[4]
    changed = an_order(type=dict(order.type) | {"name": f"食品经营许可证{order.case}"})
    assert row_of(commands.issue(changed, at=MONDAY))[4] > row_of(first)[4]
