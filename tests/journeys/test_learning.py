"""The paragraph "learning" in a browser: `tongban exercise` started as an office starts it."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import DESKTOP, PHONE
from tests.journeys.test_every_page import barriers, shape
from tongban.cli.tests.test_demo import empty_folder, free_port, words_until_ready

STARTS_WITHIN = 90.0


@pytest.fixture
def exercise() -> Iterator[tuple[str, str]]:
    """Where an exercise runs, and the password of its learners."""
    with empty_folder() as var:
        process = started(var, port := free_port())
        words = words_until_ready(process, seconds=STARTS_WITHIN)
        found = re.search(r"密码都是 (\S+)", words)
        assert found is not None
        yield f"http://127.0.0.1:{port}", found[1]
        process.terminate()
        process.communicate(timeout=60)


def started(var: Path, port: int, **more: str) -> subprocess.Popen[str]:
    """`tongban exercise` beside the data folder of a real installation."""
    around = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    around |= {"TONGBAN_VAR": str(var), "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONUNBUFFERED": "1"}
    return subprocess.Popen(
        [sys.executable, "-m", "tongban.cli", "exercise", "--port", str(port)],
        env=around | more,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def faults(page: Page) -> list[str]:
    """What bars somebody from this page, at either size."""
    return [*barriers(page), *shape(page, PHONE), *shape(page, DESKTOP)]


def test_a_learner_lets_the_last_day_pass_sees_why_that_was_wrong_and_does_it_rightly(
    exercise: tuple[str, str], browser: Browser
) -> None:
    site, password = exercise
    context = browser.new_context(
        base_url=site, viewport=DESKTOP, locale="zh-CN", timezone_id="Asia/Shanghai"
    )
    page = context.new_page()
    page.add_init_script(Axe().axe_script)
    signs_in(page, "lianxi1", password)
    expect(page.get_by_role("heading", name="练习")).to_be_visible()
    assert faults(page) == []
    page.get_by_role("link", name="再不说话，就算受理").click()
    page.get_by_role("button", name="开始").click()
    assert faults(page) == []
    page.get_by_role("button", name="第二天（3 月 17 日）").click()
    expect(page.get_by_text("练习里现在是 3 月 17 日 09:00。")).to_be_visible()
    page.get_by_role("button", name="做完了，看看对不对").click()
    expect(page.get_by_role("heading", name="有不对的地方")).to_be_visible()
    expect(page.get_by_text("第三十二条第一款第四项")).to_be_visible()
    assert faults(page) == []
    page.get_by_role("link", name="玉兰早餐铺（练习）").click()
    expect(page.get_by_text("逾期没有告知，依法视为受理")).to_be_visible()
    page.get_by_role("link", name="回到练习").click()
    page.get_by_role("link", name="再不说话，就算受理").click()
    page.get_by_role("button", name="重新开始").click()
    page.get_by_role("link", name="到工作台去").click()
    page.get_by_role("button", name=re.compile("取下一件")).click()
    page.get_by_role("button", name="受理", exact=True).click()
    page.get_by_role("link", name="回到练习").click()
    page.get_by_role("link", name="再不说话，就算受理").click()
    page.get_by_role("button", name="做完了，看看对不对").click()
    expect(page.get_by_role("heading", name="办对了")).to_be_visible()
    page.get_by_role("button", name="退出").click()
    signs_in(page, "lianxi0", password)
    expect(page.get_by_role("heading", name="学员做得怎么样")).to_be_visible()
    expect(page.get_by_role("row", name=re.compile("lianxi1.*对 2 次"))).to_be_visible()
    assert faults(page) == []
    context.close()


def signs_in(page: Page, name: str, password: str) -> None:
    page.goto("/sign-in")
    page.get_by_text("用密码登录").click()
    page.fill("[name=name]", name)
    page.fill("[name=password]", password)
    page.get_by_role("button", name="登录", exact=True).click()


def test_it_is_refused_beside_the_database_of_a_real_installation(tmp_path: Path) -> None:
    process = started(tmp_path, free_port(), DATABASE_URL="postgresql:///tongban")
    words, _ = process.communicate(timeout=60)
    assert process.returncode == 1
    assert words == "tongban: an exercise has a database of its own: leave DATABASE_URL unset\n"
