"""A net as a picture (SVG), with the place of one case in it. Colours are the page's; shapes have classes."""

from collections.abc import Collection, Iterator
from xml.sax.saxutils import escape

from tongban.engine.flow.layout import Box, Layout, Point, laid_out
from tongban.engine.flow.net import ACTIVITIES, ENDS, GATEWAYS, Kind, Net, Node

SVG = "http://www.w3.org/2000/svg"
LETTERS = 9
"""Chinese characters on one line of a task."""

LINE = 17
SIGNS = {Kind.PARALLEL: "+", Kind.INCLUSIVE: "○", Kind.EXCLUSIVE: "×", Kind.TIMER: "◷", Kind.MESSAGE: "✉"}


def svg(net: Net, title: str, *, here: Collection[str] = (), done: Collection[str] = ()) -> str:
    """The drawing; `here`, `done`: ids of tasks that wait, and that were done. `title` is read aloud."""
    layout = laid_out(net)
    parts = [*_flows(net, layout), *_shapes(net, layout, set(here), set(done))]
    size = f'viewBox="0 0 {layout.width} {layout.height}" width="{layout.width}" height="{layout.height}"'
    return (
        f'<svg class="drawn" xmlns="{SVG}" {size} role="img" aria-label="{_said(title)}">'
        '<defs><marker id="drawn-tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7"'
        ' orient="auto"><path class="drawn-tip" d="M0 0 8 4 0 8z"/></marker></defs>'
        f"{''.join(parts)}</svg>"
    )


def _flows(net: Net, layout: Layout) -> Iterator[str]:
    for flow, way in zip(net.flows, layout.ways, strict=True):
        points = " ".join(f"{x},{y}" for x, y in way)
        yield f'<polyline class="drawn-way" points="{points}" marker-end="url(#drawn-tip)"/>'
        # What leads to an end of the same name need not say it twice.
        if flow.name and flow.name != net.nodes[flow.target].name:
            x, y = _beside(way)
            yield f'<text class="drawn-said" x="{x}" y="{y}">{escape(flow.name)}</text>'


def _beside(way: tuple[Point, ...]) -> Point:
    """Where the words of a flow stand: beside its last piece, where it is its own."""
    (x, y), before = way[-1], way[-2]
    if before[0] == x:
        return x + 6, y - 8
    return min(x, before[0]) + 8, y - 6


def _shapes(net: Net, layout: Layout, here: set[str], done: set[str]) -> Iterator[str]:
    for node, box in zip(net.nodes, layout.boxes, strict=True):
        kinds = [
            *(["is-here"] if node.id in here else ["is-done"] if node.id in done else []),
            *(["drawn-sub"] if node.kind is Kind.SUB else ["drawn-end"] if node.kind in ENDS else []),
        ]
        yield f'<g class="{" ".join(kinds)}">{_shape(node, box)}{"".join(_words(node, box))}</g>'


def _shape(node: Node, box: Box) -> str:
    if node.kind in ACTIVITIES:
        return f'<rect x="{box.x}" y="{box.y}" width="{box.width}" height="{box.height}" rx="8"/>'
    if node.kind in GATEWAYS:
        middle = box.y + box.height // 2
        corners = (box.middle, box.y), (box.x + box.width, middle), (box.middle, box.bottom), (box.x, middle)
        return f'<polygon points="{" ".join(f"{x},{y}" for x, y in corners)}"/>'
    return f'<circle cx="{box.middle}" cy="{box.y + box.height // 2}" r="{box.width // 2}"/>'


def _words(node: Node, box: Box) -> Iterator[str]:
    """The name in the shape or beside it, and who does it."""
    if sign := SIGNS.get(node.kind):
        yield _text(box.middle, box.y + box.height // 2 + 6, sign, "drawn-sign")
    if node.kind in ACTIVITIES:
        lines = [node.name[at : at + LETTERS] for at in range(0, len(node.name), LETTERS)][:2]
        lines += [node.actor] if node.actor else []
        top = box.y + 18 if node.kind is Kind.SUB else box.y + (box.height - LINE * len(lines)) // 2 + 13
        for number, line in enumerate(lines):
            kind = "drawn-actor" if node.actor and number == len(lines) - 1 else ""
            yield _text(box.middle, top + LINE * number, line, kind)
    elif node.kind in ENDS and node.name:
        yield _text(box.middle, box.bottom + LINE, node.name, "drawn-said")
    elif node.name:
        aside = -12 if node.kind in GATEWAYS else 5
        x, y = box.x + box.width + 6, box.y + box.height // 2 + aside
        yield f'<text class="drawn-said" x="{x}" y="{y}">{escape(node.name)}</text>'


def _text(x: int, y: int, words: str, kind: str) -> str:
    return f'<text class="{kind}" x="{x}" y="{y}" text-anchor="middle">{escape(words)}</text>'


def _said(text: str) -> str:
    return escape(text, {'"': "&quot;"})
