"""Drafts in the database: sealed, kept, claimed, shared by two devices, handed in once, gone."""

from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

import pytest
import yaml
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image

from tongban.cases import commands
from tongban.cases.commands import Beginning, Typed, Writer
from tongban.cases.queries import draft_of, drafts, files_of, materials_asked, view_of
from tongban.cases.queries.content import answers_of
from tongban.cases.tests.test_certificates import with_a_licence
from tongban.cases.tests.world import (
    FOOD_ANSWERS,
    FOOD_MATERIALS,
    JINJIANG,
    MONDAY,
    PDF,
    World,
    a_resident,
    an_agent,
    pack_of,
)
from tongban.catalogue import api as catalogue
from tongban.certificates import api as certificates
from tongban.identity import api as identity
from tongban.kernel.access import NOBODY
from tongban.kernel.keys import ring, rotate
from tongban.kernel.refusal import Refusal
from tongban.kernel.sql import run

HERE = Beginning(office=JINJIANG)
SECRET, ANOTHER = bytes(range(32)), bytes(32)
STRANGER = Writer(NOBODY, SECRET)


def a_writer(name: str = "王秀丽") -> Writer:
    """A resident with a profile."""
    resident = a_resident()
    assert resident.person is not None
    identity.save_profile(resident.person, identity.Profile(name, "510104198806152343", "13800000001"))
    return Writer(resident)


def begun(world: World, by: Writer, beginning: Beginning = HERE):
    return commands.begin(world.item, beginning, by=by, at=MONDAY)


def typed(world: World, answers, *, seen: int = 1, page: str | None = None) -> Typed:
    """These answers as if they were all on one page."""
    fields = tuple(each for _, each, _ in catalogue.item(world.item).form.asked if each.name in answers)
    return Typed(page or "operator", fields, answers, seen)


def filled_in(world: World, by: Writer, *, answers=FOOD_ANSWERS, files=FOOD_MATERIALS):
    """A draft with nothing left to do."""
    draft = begun(world, by)
    commands.save(draft, typed(world, answers), by=by, at=MONDAY)
    for kind in files:
        assert commands.attach(draft, kind, [(f"{kind}.pdf", PDF)], by=by, at=MONDAY) == []
    return draft


def handed_in(draft, by: Writer) -> str:
    return commands.hand_in(draft, seen=draft_of(draft, by).version, by=by, at=MONDAY)


def a_photo(shade: int = 0, size: tuple[int, int] = (60, 80)) -> bytes:
    content = BytesIO()
    Image.new("RGB", size, (shade, 90, 200)).save(content, "JPEG")
    return content.getvalue()


def code_of(refused) -> str:
    return str(refused.value.code)


def test_a_draft_begins_with_what_is_known_and_says_from_where(world):
    by = a_writer()
    view = draft_of(begun(world, by), by)
    assert view.filled.answers == {"phone": "13800000001"}
    [phone] = [one for task in view.pages for one in view.answered_on(task.page) if one.field.name == "phone"]
    assert (phone.said, phone.source) == ("13800000001", "来自您的实名信息")


def test_for_an_enterprise_its_name_and_code_need_not_be_typed(world):
    agent = an_agent("成都小满餐饮有限公司")
    [enterprise] = identity.enterprises_of(agent)
    by = Writer(replace(agent, acting_for=None))
    draft = begun(world, by, Beginning(JINJIANG, acting_for=enterprise.code))
    answers = draft_of(draft, by).filled.answers
    assert (answers["enterprise_name"], answers["uscc"]) == (enterprise.name, enterprise.code)
    commands.choose(draft, HERE, by=by, at=MONDAY)
    assert "uscc" not in draft_of(draft, by).filled.answers
    with pytest.raises(Refusal, match="identity.no-mandate"):
        begun(world, a_writer(), Beginning(JINJIANG, acting_for=enterprise.code))


def test_what_the_guide_asked_is_not_asked_again_and_nothing_else_is_taken_over(world):
    situation = {"food-business-form": "catering", "uscc": "91510104MA0000000X", "no-such": "x"}
    view = draft_of(begun(world, STRANGER, Beginning(JINJIANG, situation=situation)), STRANGER)
    assert view.filled.answers == {"form": "catering"}
    assert view.filled.sources == {"form": "guide"}


def test_where_no_office_is_chosen_nothing_begins(world):
    with pytest.raises(Refusal, match="cases.draft.no-office"):
        begun(world, a_writer(), Beginning("530702"))


def test_an_officer_begins_nothing_and_finds_nobodys_draft(world):
    draft = begun(world, a_writer())
    for deed in (lambda: begun(world, Writer(world.handler)), lambda: draft_of(draft, Writer(world.handler))):
        with pytest.raises(Refusal) as refused:
            deed()
        assert code_of(refused) in ("access.not-allowed", "cases.draft.unknown")


def test_a_draft_is_nobody_elses(world):
    mine, begun_here = begun(world, a_writer()), begun(world, STRANGER)
    for draft, other in (
        (mine, a_writer()),
        (mine, STRANGER),
        (begun_here, Writer(NOBODY, ANOTHER)),
        (begun_here, a_writer()),
        (uuid4(), a_writer()),
    ):
        for deed in (
            lambda draft=draft, by=other: draft_of(draft, by),
            lambda draft=draft, by=other: commands.save(
                draft, typed(world, {"phone": "1"}), by=by, at=MONDAY
            ),
            lambda draft=draft, by=other: commands.discard(draft, by=by, at=MONDAY),
            lambda draft=draft, by=other: commands.claim(draft, by=by, at=MONDAY),
        ):
            with pytest.raises(Refusal) as refused:
                deed()
            assert code_of(refused) in ("cases.draft.unknown", "access.sign-in")


def test_faulty_answers_are_kept_as_they_were_typed(world):
    by = a_writer()
    draft = begun(world, by)
    commands.save(draft, typed(world, {"phone": "12345", "area": "很大"}), by=by, at=MONDAY)
    view = draft_of(draft, by)
    assert (view.filled.answers["phone"], view.filled.answers["area"]) == ("12345", "很大")
    assert {"phone", "area"} <= set(view.reading.faults)


def test_of_two_devices_the_later_is_told_what_differs_and_neither_is_lost(world):
    by = a_writer()
    draft = begun(world, by)
    commands.save(draft, typed(world, {"place": "总府路1号", "area": "86"}, page="place"), by=by, at=MONDAY)
    with pytest.raises(Refusal) as refused:
        commands.save(draft, typed(world, {"place": "东大街9号", "area": "86"}, seen=1), by=by, at=MONDAY)
    assert code_of(refused) == "cases.draft.changed-elsewhere"
    assert [fault["place"] for fault in refused.value.faults] == ["place"]
    assert "总府路" not in str(refused.value.faults)
    view = draft_of(draft, by)
    assert view.filled.answers["place"] == "总府路1号"
    commands.save(draft, typed(world, {"place": "东大街9号"}, seen=view.version), by=by, at=MONDAY)
    assert draft_of(draft, by).filled.answers["place"] == "东大街9号"


def test_two_pages_saved_at_the_same_moment_are_both_kept(world, at_once):
    by = a_writer()
    draft = begun(world, by)
    pages = [{"place": "总府路1号"}, {"area": "86"}, {"manager": "李安全"}, {"remarks": "靠窗"}]
    answers = at_once(
        *(
            lambda one=one, n=n: commands.save(draft, typed(world, one, page=str(n)), by=by, at=MONDAY)
            for n, one in enumerate(pages)
        )
    )
    assert answers == [None] * 4
    kept = draft_of(draft, by).filled.answers
    assert all(kept[name] == value for one in pages for name, value in one.items())


def test_what_a_browser_began_becomes_the_persons_and_only_theirs(world):
    draft = begun(world, STRANGER)
    commands.save(draft, typed(world, {"area": "86"}), by=STRANGER, at=MONDAY)
    by = a_writer()
    commands.claim(draft, by=replace(by, secret=SECRET), at=MONDAY)
    view = draft_of(draft, by)
    assert view.claimed
    assert view.filled.answers == {"area": "86", "phone": "13800000001"}
    with pytest.raises(Refusal, match="access.sign-in"):
        draft_of(draft, STRANGER)
    commands.claim(draft, by=replace(by, secret=SECRET), at=MONDAY)
    assert draft_of(draft, by).version == view.version


def test_neither_the_database_nor_the_ring_opens_what_a_browser_began(world):
    draft = begun(world, STRANGER)
    commands.save(draft, typed(world, {"place": "总府路1号"}), by=STRANGER, at=MONDAY)
    [(row, sealed, wrapped)] = run(
        "select d::text, sealed, wrapped from cases_draft d where id = $1::uuid", (draft,)
    )
    assert wrapped is None
    assert "总府路" not in row and SECRET.hex() not in row
    assert "总府路".encode() not in bytes(sealed)


def test_a_draft_that_is_kept_longer_keeps_its_files_as_long(world):
    by = a_writer()
    draft = begun(world, by)
    commands.attach(draft, "food-layout", [("图.jpg", a_photo())], by=by, at=MONDAY)
    for days in (29, 58, 87):
        at = MONDAY + timedelta(days=days)
        commands.save(draft, typed(world, {"area": str(days)}, seen=99), by=by, at=at)
    assert by.viewer.person is not None
    end = draft_of(draft, by).kept_until - timedelta(seconds=1)
    [file] = files_of(draft_of(draft, by), "food-layout", by.viewer.person, at=end)
    assert run("select expires_at >= $2 from papers_file where id = $1", (file.id, end)) == [(True,)]


def test_drafts_go_thirty_days_after_their_last_change_and_unclaimed_ones_after_a_day(world):
    by = a_writer()
    mine, begun_here = begun(world, by), begun(world, STRANGER)
    assert draft_of(mine, by).kept_until == MONDAY + timedelta(days=30)
    assert draft_of(begun_here, STRANGER).kept_until == MONDAY + timedelta(days=1)
    later = MONDAY + timedelta(days=10)
    commands.save(mine, typed(world, {"area": "86"}), by=by, at=later)
    commands.expire_drafts(MONDAY + timedelta(days=31))
    with pytest.raises(Refusal, match="access.sign-in"):
        draft_of(begun_here, STRANGER)
    assert draft_of(mine, by).kept_until == later + timedelta(days=30)
    assert drafts(by.viewer, at=later + timedelta(days=30)) == []
    commands.expire_drafts(later + timedelta(days=30))
    with pytest.raises(Refusal, match="cases.draft.unknown"):
        draft_of(mine, by)


def test_a_discarded_draft_leaves_nothing(world):
    by = a_writer()
    draft = filled_in(world, by)
    commands.discard(draft, by=by, at=MONDAY)
    assert run("select count(*) from cases_draft where id = $1::uuid", (draft,)) == [(0,)]
    assert run("select count(*) from papers_file where uploader = $1::bytea", (by.viewer.person,)) == [(0,)]


def test_a_list_tells_how_far_each_draft_is_and_costs_one_statement(world, django_assert_num_queries):
    by = a_writer()
    for _ in range(3):
        begun(world, by)
    commands.save(draft := begun(world, by), typed(world, FOOD_ANSWERS), by=by, at=MONDAY)
    with django_assert_num_queries(1):
        rows = drafts(by.viewer, at=MONDAY)
    assert len(rows) == 4
    assert {row.item for row in rows} == {catalogue.item(world.item).name}
    [full] = [row for row in rows if row.id == draft]
    assert full.done == full.steps > 5
    assert drafts(a_writer().viewer, at=MONDAY) == []
    with django_assert_num_queries(0):
        assert drafts(NOBODY, at=MONDAY) == drafts(world.handler, at=MONDAY) == []


def test_no_more_than_so_many_drafts_are_open_at_once(world):
    by = a_writer()
    for _ in range(20):
        begun(world, by)
    with pytest.raises(Refusal, match="cases.draft.too-many"):
        begun(world, by)
    commands.discard(drafts(by.viewer, at=MONDAY)[0].id, by=by, at=MONDAY)
    begun(world, by)


def test_what_is_read_and_written_of_a_draft_has_its_price(world, django_assert_num_queries):
    by = a_writer()
    draft = begun(world, by)
    with django_assert_num_queries(1):
        draft_of(draft, by)
    with CaptureQueriesContext(connection) as asked:
        commands.save(draft, typed(world, {"area": "86"}), by=by, at=MONDAY)
    assert len([one for one in asked if one["sql"] not in ("BEGIN", "COMMIT")]) == 2


def test_a_draft_becomes_one_case_however_often_it_is_handed_in(world, at_once):
    by = a_writer()
    draft = filled_in(world, by)
    seen = draft_of(draft, by).version
    numbers = at_once(*(lambda: commands.hand_in(draft, seen=seen, by=by, at=MONDAY) for _ in range(6)))
    assert len(set(numbers)) == 1
    assert handed_in(draft, by) == numbers[0]
    assert run("select count(*) from cases_case where applicant = $1::bytea", (by.viewer.person,)) == [(1,)]


def test_after_the_submission_nothing_of_the_content_is_left_in_the_draft(world):
    by = a_writer()
    draft = filled_in(world, by)
    number = handed_in(draft, by)
    assert run("select sealed, wrapped, submitted from cases_draft where id = $1::uuid", (draft,)) == [
        (None, None, number)
    ]
    view = draft_of(draft, by)
    assert view.submitted == number and not view.filled.answers
    with pytest.raises(Refusal, match="cases.draft.submitted"):
        commands.save(draft, typed(world, {"area": "1"}), by=by, at=MONDAY)
    assert drafts(by.viewer, at=MONDAY) == []


def test_a_draft_whose_case_was_opened_and_whose_own_note_was_lost_gives_the_same_case(world):
    by = a_writer()
    draft = filled_in(world, by)
    before = run("select sealed, wrapped from cases_draft where id = $1::uuid", (draft,))[0]
    number = handed_in(draft, by)
    forget_the_submission(draft, before)
    assert handed_in(draft, by) == number
    forget_the_submission(draft, before)
    commands.save(draft, typed(world, {"area": "87"}, seen=99), by=by, at=MONDAY)
    assert handed_in(draft, by) == number


def forget_the_submission(draft, before) -> None:
    """As if the program had been killed between the case and the draft's own note of it."""
    run(
        "update cases_draft set submitted = null, sealed = $2::bytea, wrapped = $3::bytea"
        " where id = $1::uuid",
        (draft, *before),
    )


def test_what_was_changed_after_it_was_checked_is_not_handed_in(world):
    by = a_writer()
    draft = filled_in(world, by)
    seen = draft_of(draft, by).version
    commands.save(draft, typed(world, {"area": "87"}, seen=seen), by=by, at=MONDAY)
    with pytest.raises(Refusal, match="cases.draft.changed-since"):
        commands.hand_in(draft, seen=seen, by=by, at=MONDAY)


def test_whoever_is_not_signed_in_hands_nothing_in_and_uploads_nothing(world):
    draft = begun(world, STRANGER)
    for deed in (
        lambda: handed_in(draft, STRANGER),
        lambda: commands.attach(draft, "food-layout", [("图.pdf", PDF)], by=STRANGER, at=MONDAY),
    ):
        with pytest.raises(Refusal, match="access.sign-in"):
            deed()


def test_faults_of_a_draft_are_named_and_the_draft_stays(world):
    by = a_writer()
    draft = filled_in(world, by, answers=FOOD_ANSWERS | {"area": "很大"}, files=())
    with pytest.raises(Refusal, match="cases.submit.faults") as refused:
        handed_in(draft, by)
    assert {"area", "materials.food-layout"} <= {fault["place"] for fault in refused.value.faults}
    assert draft_of(draft, by).filled.answers["area"] == "很大"


def test_an_officer_sees_where_an_answer_is_from(world):
    by = a_writer()
    draft = filled_in(world, by, answers=FOOD_ANSWERS | {"phone": "13800000001"})
    number = handed_in(draft, by)
    sections = answers_of(view_of(number, by.viewer, at=MONDAY))
    told = {label: source for section in sections for label, source in section.sources.items()}
    assert told == {"联系人手机": "来自您的实名信息"}
    [(body, names)] = run(
        "select e.body, (select array_agg(t.name order by t.name) from cases_content t"
        " where t.case_id = e.case_id)"
        " from cases_event e join cases_case c on c.id = e.case_id where c.number = $1::text and e.seq = 1",
        (number,),
    )
    assert names == ["answers:1", "sources:1"]
    assert '"sources":"' in body and "profile" not in body


def test_several_photos_become_the_pages_of_one_file_in_their_order(world):
    by = a_writer()
    draft = filled_in(world, by, files=FOOD_MATERIALS[1:])
    photos = [(f"{n}.jpg", a_photo(n * 20, (60 + n, 80))) for n in range(3)]
    assert commands.attach(draft, "food-layout", photos, by=by, at=MONDAY) == []
    person = by.viewer.person
    assert person is not None
    files = files_of(draft_of(draft, by), "food-layout", person, at=MONDAY)
    assert all(one.picture.startswith("data:image/jpeg;base64,") for one in files)
    commands.arrange(draft, "food-layout", files[2].id, "up", by=by, at=MONDAY)
    commands.arrange(draft, "food-layout", files[0].id, "down", by=by, at=MONDAY)
    names = [one.name for one in files_of(draft_of(draft, by), "food-layout", person, at=MONDAY)]
    assert names == ["2.jpg", "0.jpg", "1.jpg"]
    number = handed_in(draft, by)
    view = view_of(number, by.viewer, at=MONDAY)
    [layout] = [one for one in view.materials if one.kind == "food-layout"]
    assert layout.type == "application/pdf" and layout.name == f"{_name_of(world, 'food-layout')}.pdf"
    assert run(
        "select count(*) from papers_file where uploader = $1::bytea and claimed_by is null", (person,)
    ) == [(0,)]


def _name_of(world: World, kind: str) -> str:
    return next(one.name for one in catalogue.item(world.item).materials if one.kind == kind)


def test_a_file_is_taken_out_at_once_and_the_same_file_again_is_one_file(world):
    by = a_writer()
    draft = begun(world, by)
    assert by.viewer.person is not None
    for _ in range(2):
        commands.attach(draft, "food-layout", [("图.jpg", a_photo())], by=by, at=MONDAY)
    [file] = files_of(draft_of(draft, by), "food-layout", by.viewer.person, at=MONDAY)
    commands.arrange(draft, "food-layout", file.id, "remove", by=by, at=MONDAY)
    assert files_of(draft_of(draft, by), "food-layout", by.viewer.person, at=MONDAY) == []
    assert run("select 1 from papers_file where id = $1", (file.id,)) == []


def test_what_is_no_picture_is_a_fault_and_the_others_are_kept(world):
    by = a_writer()
    draft = begun(world, by)
    uploads = [("假.pdf", "这不是 PDF".encode()), ("图.jpg", a_photo())]
    [fault] = commands.attach(draft, "food-layout", uploads, by=by, at=MONDAY)
    assert fault["says"].startswith("假.pdf：只能上传照片")
    tasks = materials_asked(draft_of(draft, by), by.viewer.person, at=MONDAY)
    assert {one.material.kind: one.count for one in tasks if one.count} == {"food-layout": 1}
    with pytest.raises(Refusal, match="cases.draft.material-unknown"):
        commands.attach(draft, "passport", uploads, by=by, at=MONDAY)


def test_a_material_has_no_more_than_twenty_photos(world):
    by = a_writer()
    draft = begun(world, by)
    photos = [(f"{n}.jpg", a_photo(n * 10)) for n in range(21)]
    with pytest.raises(Refusal, match="cases.draft.too-many-pages"):
        commands.attach(draft, "food-layout", photos, by=by, at=MONDAY)


def test_a_certificate_held_spares_a_material_and_one_that_holds_no_more_stands_in_the_way(world):
    agent = with_a_licence(world)
    [enterprise] = identity.enterprises_of(agent)
    by = Writer(replace(agent, acting_for=None))
    draft = begun(world, by, Beginning(JINJIANG, acting_for=enterprise.code))

    def licence():
        tasks = materials_asked(draft_of(draft, by), by.viewer.person, at=MONDAY)
        return next(task for task in tasks if task.material.kind == "business-licence")

    assert licence().spared and not licence().blocked
    assert licence().held is not None
    commands_on = {"seen": None, "by": world.handler, "at": MONDAY}
    certificates.suspend(licence().held.number, **commands_on, text="核查。")
    assert licence().blocked and not licence().spared


def test_when_the_item_changes_the_answers_stay_and_the_draft_tells_what_changed(world):
    by = a_writer()
    draft = begun(world, by)
    commands.save(draft, typed(world, {"area": "86", "remarks": "靠窗"}), by=by, at=MONDAY)
    published_anew(world, without="remarks")
    for _ in range(2):
        view = draft_of(draft, by)
        assert view.item.version == 2
        assert view.filled.answers == {"area": "86", "phone": "13800000001"}
        assert list(view.filled.news) == ["不再问“还想说明的情况”。您填过：靠窗"]
        commands.save(draft, typed(world, {"manager": "李安全"}, seen=99), by=by, at=MONDAY)
        commands.save(draft, typed(world, {"manager": ""}, seen=99), by=by, at=MONDAY)


def published_anew(world: World, *, without: str) -> None:
    """The world's item once more, without one question of its form."""
    item, form, guide = pack_of("food-operation-licence")
    office = {"body": world.body, "region": JINJIANG, "name": f"测试机关{world.body[-6:]}"}
    item = item | {"offices": [item["offices"][0] | office]}
    lines = [line for line in form.splitlines() if f"name: {without}," not in line]
    with TemporaryDirectory() as folder:
        pack = Path(folder) / world.item
        pack.mkdir()
        (pack / "item.yaml").write_text(yaml.safe_dump(item, allow_unicode=True), "utf-8")
        (pack / "form.yaml").write_text("\n".join(lines), "utf-8")
        (pack / "guide.md").write_text(guide, "utf-8")
        catalogue.publish([pack], at=MONDAY)
    catalogue.forget()


def test_drafts_hang_on_the_newest_master_after_a_rewrap(world, tmp_path):
    by = a_writer()
    draft = begun(world, by)
    rotate()
    commands.rewrap()
    [(wrapped,)] = run("select wrapped from cases_draft where id = $1::uuid", (draft,))
    assert ring().current.encode() in bytes(wrapped)[:8]
    assert draft_of(draft, by).version == 1
