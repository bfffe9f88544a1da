"""The pages of a draft, by hand: what each answers, before sign-in and after it, with scripts and without."""

from datetime import date
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tongban.cases.tests.drafting import a_photo
from tongban.cases.tests.programs import an_account
from tongban.cases.tests.world import FOOD_ANSWERS, FOOD_MATERIALS, MONDAY, PDF, World, a_resident
from tongban.identity import api as identity
from tongban.kernel.access import Viewer


def browser(viewer: Viewer | None = None) -> Client:
    """A browser; signed in, if as someone."""
    client = Client()
    if viewer is not None:
        sign_in(client, viewer)
    return client


def sign_in(client: Client, viewer: Viewer) -> None:
    """Sign in; that itself has tests of its own."""
    client.force_login(get_user_model().objects.get(pk=an_account(viewer)))


def begun(client: Client, world: World, query: str = "") -> str:
    """The address of a draft, begun from the first page."""
    answer = client.post(f"/items/{world.item}/apply{query}", {})
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, (answer.status_code, answer.get("Location"))
    return answer.content.decode()


def as_typed(answers: dict[str, Any]) -> dict[str, Any]:
    return {name: str(one).lower() if isinstance(one, bool) else one for name, one in answers.items()}


PAGES = ("operator", "place", "business-1", "business-2", "business-3", "safety", "promise")


def fill_in(client: Client, draft: str, **other: str) -> None:
    for page in PAGES:
        client.post(f"{draft}/{page}", as_typed(FOOD_ANSWERS) | other | {"seen": "99"})


def hand_in_files(client: Client, draft: str) -> None:
    for kind in FOOD_MATERIALS:
        client.post(f"{draft}/materials/{kind}", {"file": SimpleUploadedFile("图.pdf", PDF)})


def seen_on(page: str) -> str:
    return page.split('name="seen" value="')[1].split('"')[0]


def test_one_begins_without_signing_in_and_goes_on_after_it_with_everything_kept(world: World) -> None:
    client, resident = browser(), a_resident()
    draft = begun(client, world)
    fill_in(client, draft)
    assert "登录后显示" in text(client, f"{draft}/check")
    away = client.get(f"{draft}/materials/food-layout")
    assert (away.status_code, away["Location"]) == (
        302,
        f"/sign-in?next={draft.replace('/', '%2F')}%2Fmaterials%2Ffood-layout",
    )
    sign_in(client, resident)
    hand_in_files(client, draft)
    page = text(client, f"{draft}/check")
    assert FOOD_ANSWERS["place"] in page
    done = client.post(f"{draft}/check", {"seen": seen_on(page)})
    assert done["Location"].endswith("/receipt")
    assert client.post(f"{draft}/check", {"seen": seen_on(page)})["Location"] == done["Location"]
    assert client.get(draft)["Location"] == done["Location"]
    assert "已经收到您的申请" in text(client, done["Location"])


def test_who_reads_english_fills_in_english_and_hands_in_what_everyone_does(world: World) -> None:
    client = browser(a_resident())
    client.cookies["preferences"] = "en"
    draft = begun(client, world)
    assert "The same as on the business licence" in text(client, f"{draft}/operator")
    fill_in(client, draft)
    hand_in_files(client, draft)
    page = text(client, f"{draft}/check")
    assert "What kind of food business?" in page and "Catering" in page
    done = client.post(f"{draft}/check", {"seen": seen_on(page)})
    case = done["Location"].removesuffix("/receipt")
    assert "Rules that keep food safe" in text(client, case)
    client.cookies["preferences"] = ""
    assert "保证食品安全的规章制度" in text(client, case)
    assert "食品经营" in text(client, done["Location"])


def test_another_browser_finds_nothing_where_one_was_begun(world: World) -> None:
    draft = begun(browser(), world)
    assert browser().get(draft)["Location"].startswith("/sign-in?")
    assert browser(a_resident()).get(draft).status_code == 404


def test_a_draft_is_kept_out_of_every_cache_and_its_secret_from_every_script(world: World) -> None:
    client = browser()
    answer = client.get(begun(client, world))
    assert answer["Cache-Control"] == "no-store"
    cookie = client.cookies["drafts"]
    assert cookie["httponly"] and cookie["samesite"] == "Lax" and cookie["max-age"] == 86400
    assert cookie.value not in answer.content.decode()


@pytest.mark.parametrize("spoilt", ["", "nonsense", "zz" * 32, "00" * 31])
def test_a_spoilt_cookie_is_no_cookie(world: World, spoilt: str) -> None:
    client = browser()
    draft = begun(client, world)
    client.cookies["drafts"] = spoilt
    assert client.get(draft)["Location"].startswith("/sign-in?")
    assert begun(client, world) != draft


def test_faults_stand_at_their_fields_and_what_was_typed_stays(world: World) -> None:
    client = browser(a_resident())
    draft = begun(client, world)
    answer = client.post(f"{draft}/place", {"seen": "1", "place": "总府路1号", "area": "很大"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#f-area"' in page and 'value="很大"' in page and 'id="f-area-fault"' in page
    assert 'value="很大"' in text(client, f"{draft}/place")
    assert "需要修改" in text(client, draft)


def test_what_is_put_off_is_kept_without_a_word_about_faults(world: World) -> None:
    client = browser(a_resident())
    draft = begun(client, world)
    answer = client.post(f"{draft}/place", {"seen": "1", "place": "总府路1号", "later": "1"})
    assert answer["Location"] == draft
    assert 'value="总府路1号"' in text(client, f"{draft}/place")


def test_a_script_is_told_the_next_page_and_a_browser_is_led_there(world: World) -> None:
    client = browser(a_resident())
    draft, filled = begun(client, world), as_typed(FOOD_ANSWERS) | {"seen": "1"}
    told = client.post(f"{draft}/operator", filled, headers={"Accept": "application/json"})
    assert told.json() == {"next": f"{draft}/place"}
    assert client.post(f"{draft}/operator", filled)["Location"] == f"{draft}/place"
    assert client.post(f"{draft}/place", filled | {"back": "check"})["Location"] == f"{draft}/check"


def test_two_devices_see_what_the_other_typed_and_the_second_press_decides(world: World) -> None:
    resident = a_resident()
    one, other = browser(resident), Client()
    other.cookies = one.cookies
    draft = begun(one, world)
    seen = seen_on(text(one, f"{draft}/place"))
    one.post(f"{draft}/place", {"seen": seen, "place": "总府路1号", "area": "86"})
    answer = other.post(f"{draft}/place", {"seen": seen, "place": "东大街9号", "area": "86"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "另一台设备上填的是：总府路1号" in page and 'value="东大街9号"' in page
    again = other.post(f"{draft}/place", {"seen": seen_on(page), "place": "东大街9号", "area": "86"})
    assert again.status_code == 302
    assert 'value="东大街9号"' in text(one, f"{draft}/place")


def test_a_question_that_hangs_on_an_answer_is_asked_when_it_was_given(world: World) -> None:
    client = browser(a_resident())
    draft = begun(client, world)
    assert client.get(f"{draft}/no-such-page")["Location"] == draft
    client.post(f"{draft}/business-1", {"seen": "1", "form": "retail", "projects": "hot-dishes"})
    assert "座位" not in text(client, f"{draft}/business-2")
    client.post(f"{draft}/business-1", {"seen": "9", "form": "catering", "projects": "hot-dishes"})
    assert "座位" in text(client, f"{draft}/business-2")


def test_what_the_guide_asked_comes_along_in_the_address(world: World) -> None:
    client = browser()
    page = text(client, f"/items/{world.item}/apply?s-food-business-form=catering&s-uscc=91510104MA0000000X")
    assert 'name="s-food-business-form" value="catering"' in page and 'name="s-uscc"' not in page
    answer = client.post(f"/items/{world.item}/apply", {"s-food-business-form": "catering"})
    page = text(client, f"{answer['Location']}/business-1")
    assert "来自您在办事指南里的回答" in page


def test_files_are_shown_moved_and_taken_out_without_scripts(world: World) -> None:
    client = browser(a_resident())
    draft = begun(client, world)
    address = f"{draft}/materials/food-layout"
    photos = [SimpleUploadedFile(f"{n}.jpg", a_photo(n * 40)) for n in range(2)]
    assert client.post(address, {"file": photos})["Location"] == address
    page = text(client, address)
    assert page.index("0.jpg") < page.index("1.jpg") and page.count("data:image/jpeg") == 2
    second = page.split('name="remove" value="')[2].split('"')[0]
    client.post(address, {"up": second})
    page = text(client, address)
    assert page.index("1.jpg") < page.index("0.jpg")
    client.post(address, {"remove": second})
    assert "1.jpg" not in text(client, address)
    for nonsense in ("", "x", "00000000-0000-0000-0000-000000000000"):
        assert client.post(address, {"remove": nonsense})["Location"] == address


def test_a_material_that_is_missing_is_asked_for_before_one_goes_on(world: World) -> None:
    client = browser(a_resident())
    draft = begun(client, world)
    answer = client.post(f"{draft}/materials/food-layout", {"go-on": "1"})
    assert answer.status_code == 422 and "还没有上传" in answer.content.decode()
    photo = {"photo": SimpleUploadedFile("拍.jpg", a_photo()), "go-on": "1"}
    assert (
        client.post(f"{draft}/materials/food-layout", photo)["Location"]
        == f"{draft}/materials/food-safety-rules"
    )
    spoilt = client.post(
        f"{draft}/materials/food-layout", {"file": SimpleUploadedFile("图.heic", b"ftypheic")}
    )
    assert spoilt.status_code == 422 and "兼容性最佳" in spoilt.content.decode()
    assert client.get(f"{draft}/materials/passport")["Location"] == draft


def test_what_is_not_filled_in_is_listed_with_the_way_there_and_is_not_handed_in(world: World) -> None:
    client = browser(a_resident())
    draft = begun(client, world)
    page = text(client, f"{draft}/check")
    assert f"{draft}/place?back=check#f-area" in page and f"{draft}/materials/food-layout?back=check" in page
    assert "提交申请" not in page
    answer = client.post(f"{draft}/check", {"seen": "1"})
    assert answer.status_code == 422 and "处没有填好" in answer.content.decode()


def test_the_first_page_offers_what_was_begun_and_a_draft_can_be_thrown_away(world: World) -> None:
    client = browser(a_resident())
    draft = begun(client, world)
    assert draft in text(client, f"/items/{world.item}/apply")
    assert "真的要删掉" in text(client, f"{draft}/discard")
    assert client.post(f"{draft}/discard")["Location"] == f"/items/{world.item}"
    assert client.get(draft).status_code == 404
    assert draft not in text(client, f"/items/{world.item}/apply")


def test_an_officer_does_not_apply(world: World) -> None:
    client = browser(world.handler)
    assert client.get(f"/items/{world.item}/apply").status_code == 403
    assert client.post(f"/items/{world.item}/apply").status_code == 403


def test_an_enterprise_may_be_chosen_later(world: World) -> None:
    agent = a_resident()
    assert agent.person is not None
    enterprise = identity.ensure_enterprise("91510104MA6CABCD1J", name="成都小满餐饮有限公司")
    identity.entitle(agent.person, enterprise, at=MONDAY, since=date(2020, 1, 1))
    client = browser(agent)
    draft = begun(client, world)
    assert client.post(f"{draft}/who", {"act-as": "91510104MA6CABCD1J"})["Location"] == draft
    page = text(client, f"{draft}/operator")
    assert 'value="成都小满餐饮有限公司"' in page and "来自企业登记信息" in page
    assert client.post(f"{draft}/who", {"act-as": "91510104MA0000000X"}).status_code == 403
