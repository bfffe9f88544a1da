"""Draw the life of a case as an SVG picture: `PYTHONPATH=src python -m tools.draw_life`.

Stages, acts and what is reversible come from `cases/rules/life.py`, the names from `cases/rules/words.py`.
Here stands only where things lie on the sheet; a stage or a way without its place fails with a KeyError.
"""

import os
from pathlib import Path

# The names are marked for translation when they are read, which asks for the settings.
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tongban.site.settings")

from tongban.cases.rules.life import CLOSED, LIFE, REVERSIBLE, Act, Stage
from tongban.cases.rules.words import ACT_NAMES, STAGE_NAMES

PICTURE = Path(__file__).resolve().parents[1] / "docs" / "case-life.svg"

WIDTH, HEIGHT = 1290, 500
BOX_WIDTH, BOX_HEIGHT = 140, 58
FONT = "Noto Sans CJK SC, Source Han Sans SC, PingFang SC, Microsoft YaHei, sans-serif"
INK, QUIET, LINE, PAPER, OPEN, SHUT = "#1b1f24", "#57606a", "#8c959f", "#ffffff", "#eef4fb", "#f0f1f2"
UNDOABLE = "↶"

MIDDLE: dict[Stage, tuple[int, int]] = {
    Stage.AWAITING_RESULT: (285, 320),
    Stage.SUBMITTED: (100, 240),
    Stage.AWAITING_CORRECTION: (100, 100),
    Stage.RESUBMITTED: (360, 100),
    Stage.ACCEPTED: (570, 240),
    Stage.SPECIAL_PROCEDURE: (570, 100),
    Stage.GRANTED: (780, 240),
    Stage.REFUSED: (780, 355),
    Stage.DELIVERED: (990, 240),
    Stage.COMPLETED: (1190, 240),
    Stage.REVOKED: (1190, 355),
    Stage.NOT_ACCEPTED: (100, 395),
    Stage.WITHDRAWN: (285, 395),
    Stage.TERMINATED: (455, 395),
}

ENDS_FROM_MANY = (Stage.WITHDRAWN, Stage.TERMINATED, Stage.REVOKED)
"""Reached from so many stages that an arrow each would hide the rest: said inside each box instead."""

WAYS: dict[tuple[Stage, Stage], tuple[list[tuple[int, int]], tuple[int, int], str]] = {
    # From, to: the corners of the arrow, then where its label begins, and how that is anchored.
    (Stage.AWAITING_RESULT, Stage.SUBMITTED): ([(285, 291), (285, 258), (170, 258)], (295, 279), "start"),
    (Stage.SUBMITTED, Stage.ACCEPTED): ([(170, 240), (500, 240)], (335, 230), "middle"),
    (Stage.SUBMITTED, Stage.AWAITING_CORRECTION): ([(100, 211), (100, 129)], (110, 175), "start"),
    (Stage.SUBMITTED, Stage.NOT_ACCEPTED): ([(100, 269), (100, 366)], (110, 322), "start"),
    (Stage.AWAITING_CORRECTION, Stage.RESUBMITTED): ([(170, 90), (290, 90)], (230, 82), "middle"),
    (Stage.RESUBMITTED, Stage.AWAITING_CORRECTION): ([(290, 112), (170, 112)], (230, 130), "middle"),
    (Stage.RESUBMITTED, Stage.ACCEPTED): (
        [(360, 129), (360, 175), (525, 175), (525, 211)],
        (370, 193),
        "start",
    ),
    (Stage.ACCEPTED, Stage.SPECIAL_PROCEDURE): ([(558, 211), (558, 129)], (550, 150), "end"),
    (Stage.SPECIAL_PROCEDURE, Stage.ACCEPTED): ([(582, 129), (582, 211)], (592, 175), "start"),
    (Stage.ACCEPTED, Stage.ACCEPTED): (
        [(545, 269), (545, 300), (595, 300), (595, 269)],
        (570, 318),
        "middle",
    ),
    (Stage.SPECIAL_PROCEDURE, Stage.SPECIAL_PROCEDURE): (
        [(640, 92), (672, 92), (672, 112), (640, 112)],
        (682, 107),
        "start",
    ),
    (Stage.ACCEPTED, Stage.GRANTED): ([(640, 240), (710, 240)], (675, 230), "middle"),
    (Stage.ACCEPTED, Stage.REFUSED): ([(625, 269), (625, 355), (710, 355)], (668, 345), "middle"),
    (Stage.GRANTED, Stage.DELIVERED): ([(850, 240), (920, 240)], (885, 230), "middle"),
    (Stage.REFUSED, Stage.DELIVERED): ([(850, 355), (990, 355), (990, 269)], (920, 345), "middle"),
    (Stage.DELIVERED, Stage.COMPLETED): ([(1060, 240), (1120, 240)], (1090, 230), "middle"),
}


def picture() -> str:
    """The whole picture, as it stands in the file."""
    ways: dict[tuple[Stage, Stage], list[Act]] = {}
    for before, acts in LIFE.items():
        for act, after in acts.items():
            if after not in ENDS_FROM_MANY:
                ways.setdefault((before, after), []).append(act)
    parts = [_arrow(way, acts) for way, acts in ways.items()]
    parts += [_box(stage) for stage in Stage]
    return "\n".join([_opening(), *parts, *_legend(), "</svg>", ""])


def _opening() -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="{FONT}"'
        ' role="img" aria-labelledby="title">\n'
        '<title id="title">一件申请从提交到办结的全过程</title>\n'
        f'<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8"'
        f' orient="auto"><path d="M0 0L8 4L0 8z" fill="{LINE}"/></marker></defs>\n'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{PAPER}"/>'
    )


def _box(stage: Stage) -> str:
    x, y = MIDDLE[stage]
    fill = SHUT if stage in CLOSED else OPEN
    frame = (
        f'<rect x="{x - BOX_WIDTH // 2}" y="{y - BOX_HEIGHT // 2}" width="{BOX_WIDTH}" height="{BOX_HEIGHT}"'
        f' rx="8" fill="{fill}" stroke="{LINE}"/>'
    )
    ends = [_named(act) for act, after in LIFE[stage].items() if after in ENDS_FROM_MANY]
    below = f"可{'、'.join(ends)}" if ends else "结束" if stage in CLOSED else ""
    name = _text(STAGE_NAMES[stage], (x, y - 4 if below else y + 5), size=15)
    return "\n".join([frame, name, *([_text(below, (x, y + 18), size=12, ink=QUIET)] if below else [])])


def _arrow(way: tuple[Stage, Stage], acts: list[Act]) -> str:
    corners, label, anchor = WAYS[way]
    path = "M" + "L".join(f"{x} {y}" for x, y in corners)
    line = f'<path d="{path}" fill="none" stroke="{LINE}" stroke-width="1.5" marker-end="url(#tip)"/>'
    words = " / ".join(_named(act) for act in acts)
    return f"{line}\n{_text(words, label, size=13, anchor=anchor)}"


def _named(act: Act) -> str:
    return ACT_NAMES[act] + (UNDOABLE if act in REVERSIBLE else "")


def _legend() -> list[str]:
    said = (
        "写着“可撤回”“可终止”“可撤销准予决定”的阶段，可以直接到“已撤回”“已终止”“决定已撤销”。",
        f"{UNDOABLE} 办错了，可以由后来的处理撤销：写明理由，由另一位负责人批准，两步都留在经过里。",
        "这是行政许可的一生；其他事项的规定没有的步骤（视为受理、特别程序、延期、撤销准予）就没有。",
        "不予批准的，送达以后没有准予可以撤销。",
    )
    lines = [
        _text(line, (555, 414 + 22 * nth), size=13, ink=QUIET, anchor="start")
        for nth, line in enumerate(said)
    ]
    return [_text("一件申请的一生", (30, 36), size=18, anchor="start"), *lines]


def _text(words: str, at: tuple[int, int], *, size: int, ink: str = INK, anchor: str = "middle") -> str:
    x, y = at
    return f'<text x="{x}" y="{y}" font-size="{size}" fill="{ink}" text-anchor="{anchor}">{words}</text>'


if __name__ == "__main__":
    PICTURE.write_text(picture(), encoding="utf-8")
