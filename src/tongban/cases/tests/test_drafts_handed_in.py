"""A draft with its files becomes one case, and what stands in the way is told."""

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import yaml

from tongban.cases import commands
from tongban.cases.commands import Beginning, Writer
from tongban.cases.queries import draft_of, drafts, files_of, materials_asked, view_of
from tongban.cases.queries.content import answers_of
from tongban.cases.tests.drafting import (
    STRANGER,
    a_photo,
    a_writer,
    begun,
    filled_in,
    handed_in,
    typed,
)
from tongban.cases.tests.test_certificates import with_a_licence
from tongban.cases.tests.world import (
    FOOD_ANSWERS,
    FOOD_MATERIALS,
    JINJIANG,
    MONDAY,
    PDF,
    World,
    pack_of,
)
from tongban.catalogue import api as catalogue
from tongban.certificates import api as certificates
from tongban.identity import api as identity
from tongban.kernel.hanging import rewrap_all
from tongban.kernel.keys import ring, rotate
from tongban.kernel.refusal import Refusal
from tongban.kernel.sql import run


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
    files = files_of(draft_of(draft, by), "food-layout", at=MONDAY)
    assert all(one.picture.startswith("data:image/jpeg;base64,") for one in files)
    commands.arrange(draft, "food-layout", files[2].id, "up", by=by, at=MONDAY)
    commands.arrange(draft, "food-layout", files[0].id, "down", by=by, at=MONDAY)
    names = [one.name for one in files_of(draft_of(draft, by), "food-layout", at=MONDAY)]
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
    [file] = files_of(draft_of(draft, by), "food-layout", at=MONDAY)
    commands.arrange(draft, "food-layout", file.id, "remove", by=by, at=MONDAY)
    assert files_of(draft_of(draft, by), "food-layout", at=MONDAY) == []
    assert run("select 1 from papers_file where id = $1", (file.id,)) == []


def test_what_is_no_picture_is_a_fault_and_the_others_are_kept(world):
    by = a_writer()
    draft = begun(world, by)
    uploads = [("假.pdf", "这不是 PDF".encode()), ("图.jpg", a_photo())]
    [fault] = commands.attach(draft, "food-layout", uploads, by=by, at=MONDAY)
    assert fault["says"].startswith("假.pdf：只能上传照片")
    tasks = materials_asked(draft_of(draft, by), at=MONDAY)
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
        tasks = materials_asked(draft_of(draft, by), at=MONDAY)
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
        assert list(view.filled.news) == [{"gone": "还想说明的情况", "was": "靠窗"}]
        commands.save(draft, typed(world, {"manager": "李安全"}, seen=99), by=by, at=MONDAY)
        commands.save(draft, typed(world, {"manager": ""}, seen=99), by=by, at=MONDAY)


def published_anew(world: World, *, without: str) -> None:
    """The world's item once more, without one question of its form."""
    item, others = pack_of("food-operation-licence")
    office = {"body": world.body, "region": JINJIANG, "name": f"测试机关{world.body[-6:]}"}
    item = item | {"offices": [item["offices"][0] | office]}
    lines = [line for line in others["form.yaml"].splitlines() if f"name: {without}," not in line]
    with TemporaryDirectory() as folder:
        pack = Path(folder) / world.item
        pack.mkdir()
        (pack / "item.yaml").write_text(yaml.safe_dump(item, allow_unicode=True), "utf-8")
        (pack / "form.yaml").write_text("\n".join(lines), "utf-8")
        (pack / "guide.md").write_text(others["guide.md"], "utf-8")
        catalogue.publish([pack], at=MONDAY)
    catalogue.forget()


def test_drafts_hang_on_the_newest_master_after_a_rewrap(world, tmp_path):
    by = a_writer()
    draft = begun(world, by)
    rotate()
    rewrap_all(commands.KEY_TABLES)
    [(wrapped,)] = run("select wrapped from cases_draft where id = $1::uuid", (draft,))
    assert ring().current.encode() in bytes(wrapped)[:8]
    assert draft_of(draft, by).version == 1
