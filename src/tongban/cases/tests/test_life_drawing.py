"""The drawing of a case's life in the documentation says what the table says."""

import re

import pytest

from tongban.cases.rules.life import LIFE, REVERSIBLE, Act
from tongban.cases.rules.words import ACT_NAMES, STAGE_NAMES
from tools import draw_life

TEXT = re.compile(r"<text[^>]*>([^<]*)</text>")


def words() -> list[str]:
    """Every name in the drawing, the acts that share an arrow or a box each for itself."""
    texts = TEXT.findall(draw_life.picture())
    return [word for text in texts for word in re.split(" / |、", text.removeprefix("可"))]


def test_the_committed_drawing_is_the_one_that_the_table_gives():
    assert draw_life.PICTURE.read_text(encoding="utf-8") == draw_life.picture(), (
        "the life of a case has changed: run `PYTHONPATH=src .venv/bin/python -m tools.draw_life`"
    )


def test_every_stage_stands_in_it_by_its_name():
    assert set(STAGE_NAMES.values()) <= set(TEXT.findall(draw_life.picture()))


@pytest.mark.parametrize("act", Act)
def test_every_act_stands_where_the_table_has_it_and_what_may_be_undone_bears_the_sign(act):
    known = sum(act in acts for acts in LIFE.values())
    marked = ACT_NAMES[act] + (draw_life.UNDOABLE if act in REVERSIBLE else "")
    # A stage may bear the name of the act that leads to it, and then stands among the words too.
    assert words().count(marked) == known + list(STAGE_NAMES.values()).count(marked)
