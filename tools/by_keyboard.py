"""An officer who never touches the mouse: ordinary cases worked off one after the other, and what it took."""

from dataclasses import dataclass

from playwright.sync_api import Page, expect


@dataclass(slots=True)
class Keyboard:
    """A page at the desk. `acts`: what was decided, that is, ticked or sent; moving and typing are none.

    `keys`: every key pressed but those of text.
    """

    page: Page
    acts: int = 0
    keys: int = 0

    def press(self, key: str) -> None:
        """Press one key."""
        self.keys += 1
        self.page.keyboard.press(key)

    def go(self, *keys: str) -> None:
        """Move about."""
        for key in keys:
            self.press(key)

    def tick(self, key: str) -> None:
        """Tick, and see it kept."""
        self.acts += 1
        self.press(key)
        expect(self.page.get_by_text("已保存")).to_be_visible()

    def send(self, key: str, then: str) -> None:
        """Send what is in hand; `then`: how the case stands afterwards."""
        self.acts += 1
        with self.page.expect_navigation():
            self.press(key)
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(then)

    def take(self) -> str:
        """Take the next; its number."""
        self.acts += 1
        with self.page.expect_navigation():
            self.press("n")
        return self.page.url.rpartition("/")[2]


def grant(desk: Keyboard) -> str:
    """Everything fits: accepted, granted, delivered."""
    number = desk.take()
    desk.tick("a")
    desk.go("1")
    desk.send("Enter", "已受理")
    desk.go("1")
    desk.send("Control+Enter", "准予")
    desk.go("1")
    desk.send("Control+Enter", "已送达")
    return number


def return_for_correction(desk: Keyboard) -> str:
    """One material cannot be read: ticked, and the notice is sent as it is composed of that."""
    number = desk.take()
    desk.go("m")
    desk.tick("Space")
    desk.go("2")
    desk.send("Enter", "一次性告知补正")
    desk.page.get_by_label("请申请人怎么做").first.focus()
    desk.send("Control+Enter", "需要补正")
    return number


def refuse(desk: Keyboard) -> str:
    """A condition is not met: accepted, refused with that ground, delivered."""
    number = desk.take()
    desk.go("1")
    desk.send("Enter", "已受理")
    desk.go("2")
    desk.acts += 1
    desk.go("Space")
    desk.page.get_by_label("不予批准的理由").focus()
    desk.page.keyboard.type("场所距离污染源太近。")
    desk.send("Control+Enter", "不予批准")
    desk.go("1")
    desk.send("Control+Enter", "已送达")
    return number


ORDINARY = (grant, grant, return_for_correction, grant, refuse)
"""Of twenty ordinary cases twelve are granted, four come back and four are refused."""
