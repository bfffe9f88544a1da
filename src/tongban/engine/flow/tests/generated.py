"""Flows for tests, made at random: sound ones, of blocks that begin and end at one place; and spoilt ones."""

from dataclasses import dataclass, field
from random import Random

from tongban.engine.flow.tests.drawn import Drawn

VALUES = ("v0", "v1", "v2")
"""The facts that conditions ask for; each is 0 to 3."""


@dataclass
class Maker:
    """Makes one process; every block takes a token at its first node and lets one go at its last."""

    random: Random
    drawn: Drawn = field(default_factory=Drawn)
    apart: bool = False
    """Whether each condition asks for a fact of its own."""
    asked: int = 0

    def process(self, size: int) -> Drawn:
        """A process of about so many tasks."""
        self._whole("", size)
        return self.drawn

    def _whole(self, scope: str, size: int) -> None:
        start, end = self._node("start", scope), self._node("end", scope)
        first, last = self._block(scope, size)
        self._flow(start, first)
        self._flow(last, end)

    def _node(self, kind: str, scope: str, **said: str) -> str:
        name = f"{kind[0]}{len(self.drawn.nodes)}"
        self.drawn.nodes.append((name, kind, said | ({"in": scope} if scope else {})))
        return name

    def _flow(self, source: str, target: str, condition: str = "", *, default: bool = False) -> None:
        self.drawn.flows.append((source, target, condition, default, ""))

    def _block(self, scope: str, size: int) -> tuple[str, str]:
        if size <= 1:
            return self._task(scope)
        kind = self.random.choice(("row", "row", "xor", "and", "or", "sub", "many"))
        match kind:
            case "row":
                left = self.random.randint(1, size - 1)
                first, middle = self._block(scope, left)
                second, last = self._block(scope, size - left)
                self._flow(middle, second)
                return first, last
            case "sub":
                name = self._node("sub", scope)
                self._whole(name, size - 1)
                return name, name
            case "many":
                said = {"many": str(self.random.randint(1, 3))}
                said |= {"sequential": ""} if self.random.random() < 0.5 else {}
                if size == 2 or self.random.random() < 0.5:
                    name = self._node("user", scope, **said)
                else:
                    name = self._node("sub", scope, **said)
                    self._whole(name, size - 1)
                return name, name
        return self._branches(kind, scope, size)

    def _task(self, scope: str) -> tuple[str, str]:
        name = self._node(self.random.choice(("user", "manual")), scope)
        return name, name

    def _test(self) -> str:
        if self.apart:
            self.asked += 1
            return f"c{self.asked} == true"
        return f"{self.random.choice(VALUES)} > {self.random.randint(0, 2)}"

    def _branches(self, kind: str, scope: str, size: int) -> tuple[str, str]:
        split, join = self._node(kind, scope), self._node(kind, scope)
        branches = self.random.randint(2, min(3, size))
        for number in range(branches):
            is_default = kind != "and" and number == branches - 1
            test = self._test()
            condition = "" if kind == "and" or is_default else test
            if kind == "xor" and number and self.random.random() < 0.3:
                self._flow(split, join, condition, default=is_default)
                continue
            first, last = self._block(scope, max(1, size // branches))
            self._flow(split, first, condition, default=is_default)
            self._flow(last, join)
        return split, join


def spoilt(drawn: Drawn, random: Random) -> Drawn:
    """The same with one or two lines led elsewhere or gateways of another kind: sound still, or not."""
    nodes, flows = list(drawn.nodes), list(drawn.flows)
    for _ in range(random.randint(1, 2)):
        if random.random() < 0.5:
            gateways = [at for at, (_, kind, _) in enumerate(nodes) if kind in ("xor", "and", "or")]
            if gateways:
                at = random.choice(gateways)
                name, _, said = nodes[at]
                nodes[at] = (name, random.choice(("xor", "and", "or")), said)
        else:
            at = random.randrange(len(flows))
            source, target, condition, default, bound = flows[at]
            scope = next(said.get("in", "") for name, _, said in nodes if name == target)
            others = [name for name, kind, said in nodes if kind != "start" and said.get("in", "") == scope]
            flows[at] = (source, random.choice(others), condition, default, bound)
    kinds = {name: kind for name, kind, _ in nodes}
    plain = [flow if kinds[flow[0]] in ("xor", "or") else (*flow[:2], "", False, "") for flow in flows]
    return Drawn(nodes, plain)
