"""Rules by which an item is granted at once: where their facts come from, their table, its own tests.

A rule may grant, or pass to a person; nothing else. Whoever is decided against by a machine alone may refuse
that (个人信息保护法 Art. 24(3)), and so no table can refuse. Nothing is asked that it does not use (Art. 6).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import Any, Final

from tongban.engine.decisions import CellFault, Policy, Table
from tongban.engine.expressions import BOOLEAN, NUMBER, Sort, Type, types_of
from tongban.engine.forms import form_of
from tongban.engine.packs.faults import PackFault
from tongban.engine.packs.items import Draft
from tongban.engine.packs.library import Library
from tongban.engine.packs.questions import fields_of
from tongban.engine.packs.shape import each
from tongban.engine.packs.tables import Files, asking_faults, files_of, judged

Document = dict[str, Any]

TABLE: Final = "decision"
DECISION: Final = "decision"
"""The column that says what a rule comes to, and the two things it may say."""
GRANT: Final = "grant"
PASS: Final = "pass"

_SOURCES: Final = (
    frozenset(("register", "asks", "purpose")),
    frozenset(("certificate", "purpose")),
    frozenset(("years_since", "label")),
)


@dataclass(slots=True)
class Ruled:
    """What an item's rule comes to: its faults, and without any what is published of it."""

    faults: list[PackFault] = field(default_factory=list)
    document: Document | None = None


def ruled(draft: Draft, folder: FilePath) -> Ruled:
    """The rule of an item with its table and tests; nothing at all where officers grant it."""
    files, found = files_of(folder, TABLE), Ruled()
    if "rule" not in draft.data:
        # One that is at fault itself is told where it stands.
        found.faults += [] if ("rule",) in draft.tree.lines else map(_needless, files.found)
        return found
    if draft.data.get("kind") in ("promised", "forwarded"):
        says = "按规则当场办结的事项是即办件。请把 kind 改为 instant。"
        found.faults.append(draft.tree.fault(("rule",), "RULE-NOT-INSTANT", says))
    facts = _Facts(draft)
    found.faults += facts.faults
    for file in files.missing:
        says = f"有 rule 的事项要有 {file.name}（或 .xlsx）。怎么写，见 docs/packs.md。"
        found.faults.append(PackFault(str(file), 1, "FILE-MISSING", says))
    if not found.faults:
        _judge(found, facts, files)
    return found


def _needless(file: FilePath) -> PackFault:
    says = f"有 {file.name}，却没有写 rule：不知道事实从哪里来。请在 item.yaml 里写，或删掉这个文件。"
    return PackFault(str(file), 1, "RULE-MISSING", says)


class _Facts:
    """The facts that a rule may go by, with their types and where they come from; what is wrong with them."""

    def __init__(self, draft: Draft) -> None:
        self.draft, self.faults = draft, list[PackFault]()
        self.types: dict[str, Type] = {}
        self.told: dict[str, Mapping[str, Any]] = {}
        """By fact the field of a register that gives it."""
        self.sources: dict[str, Mapping[str, Any]] = draft.data["rule"]["facts"]
        for name, source in self.sources.items():
            self._read(name, source)
        for name, source in self.sources.items():
            if source.keys() == {"years_since", "label"}:
                self._years(name, source["years_since"])

    def _say(self, path: tuple[str | int, ...], code: str, says: str) -> None:
        self.faults.append(self.draft.tree.fault(("rule", *path), code, says))

    def _read(self, name: str, source: Mapping[str, Any]) -> None:
        if source.keys() not in _SOURCES:
            says = (
                "每个来源写一样：register、asks、purpose（问登记簿），certificate、purpose（查持有的证照），"
                "或者 years_since、label（满了几周岁、几年）。"
            )
            self._say(("facts", name), "RULE-SOURCE-WRONG", says)
        elif "register" in source:
            self._register(name, source)
        elif "certificate" in source:
            self._certificate(name, source["certificate"])

    def _register(self, name: str, source: Mapping[str, Any]) -> None:
        question, wrong = question_of(source, self.draft.library)
        if wrong is not None:
            key, code, says = wrong
            self._say(("facts", name, key), code, says)
        if question is None:
            return
        for each_name, type_ in types_of(form_of(question["answer"])).items():
            self.types[f"{name}.{each_name}"] = type_
        for each_name, one in fields_of(question["answer"]).items():
            self.told[f"{name}.{each_name}"] = one

    def _certificate(self, name: str, slug: str) -> None:
        if slug not in self.draft.library.certificates:
            says = f"没有证照类型“{slug}”。请先在 certificates 文件夹里写好，或改成已有的。"
            self._say(("facts", name, "certificate"), "CERTIFICATE-UNKNOWN", says)
        self.types[f"{name}.held"] = BOOLEAN

    def _years(self, name: str, since: str) -> None:
        type_ = self.types.get(since)
        if type_ is None or type_.sort is not Sort.DAY or type_.maybe:
            says = f"“{since}”不是一个一定有的日期。请写登记簿答复里的日期，例如 person.born。"
            self._say(("facts", name, "years_since"), "RULE-SOURCE-WRONG", says)
        else:
            self.types[name] = NUMBER

    def unused(self, used: Iterable[str]) -> list[str]:
        """The sources that are asked and serve for nothing."""
        behind = {self.sources[name]["years_since"] for name in used if "." not in name}
        needed = {name.partition(".")[0] for name in (*used, *behind)}
        return [name for name in self.sources if name not in needed]


def _judge(found: Ruled, facts: _Facts, files: Files) -> None:
    """Read table and tests, and say what is wrong with them; what is published, where nothing is."""
    draft = facts.draft
    judgement = judged(files, lambda table: _table_faults(table, facts))
    found.faults += judgement.faults
    if judgement.table is not None:
        found.faults += _used_faults(draft, judgement.table, facts)
    if not found.faults:
        found.document = {
            **draft.data["rule"],
            "facts": {name: published(one, draft.library) for name, one in facts.sources.items()},
            **judgement.document,
        }


def _table_faults(table: Table, facts: _Facts) -> Iterator[CellFault]:
    if table.policy is Policy.COLLECT:
        says = "决定只能有一个，左上角写 first 或 unique。"
        yield CellFault(1, 1, "RULE-COLLECTS", says)
    for column in table.outputs:
        strange = [one for one in column.type.choices if one not in (GRANT, PASS)]
        if column.name != DECISION or column.type.sort is not Sort.CHOICE:
            says = "结果只有一列：then decision: grant | pass。"
            yield CellFault(1, column.place, "RULE-OUTPUT", says)
        elif strange:
            says = (
                f"规则只能写 grant（当场办给他）或 pass（转给工作人员），不能写“{strange[0]}”。"
                "对人不利的决定要由人作出（个人信息保护法第二十四条第三款）。"
            )
            yield CellFault(1, column.place, "RULE-REFUSES", says)
    if not any(row.outputs.get(DECISION) == GRANT for row in table.rows):
        yield CellFault(1, 0, "RULE-NEVER-GRANTS", "这张表没有一条办得成。全由人办的，就不要写规则。")
    yield from asking_faults(table.inputs, facts.types, ("RULE-FACT-UNKNOWN", "RULE-FACT-TYPE"))


def _used_faults(draft: Draft, table: Table, facts: _Facts) -> Iterator[PackFault]:
    printed = [name for _, name in each(draft.data["rule"], "prints")]
    for at, name in each(draft.data["rule"], "prints"):
        if name not in facts.told:
            says = f"登记簿的答复里没有“{name}”这一项。请改成已有的。"
            yield draft.tree.fault(("rule", "prints", at), "RULE-PRINTS-UNKNOWN", says)
    used = [name for name in (*facts.types, *printed) if name in table.types or name in printed]
    for name in facts.unused(used):
        says = f"“{name}”问了却没有用上。用不上的个人信息不能问（个人信息保护法第六条），请删掉。"
        yield draft.tree.fault(("rule", "facts", name), "RULE-ASKS-NEEDLESSLY", says)


def registers_asked(document: Mapping[str, Any]) -> set[str]:
    """The registers that an item asks: by its rule, or on the way of its cases."""
    sources = [*document.get("rule", {}).get("facts", {}).values()]
    sources += document.get("process", {}).get("looks", {}).values()
    return {source["register"] for source in sources if "register" in source}


def printed_by_rule(draft: Draft) -> set[str]:
    """The data elements that an item's certificate may take from the answers of its rule's registers."""
    if "rule" not in draft.data:
        return set()
    told = _Facts(draft).told
    return {told[name]["element"] for _, name in each(draft.data["rule"], "prints") if name in told}


def question_of(
    source: Mapping[str, Any], library: Library
) -> tuple[Document | None, tuple[str, str, str] | None]:
    """The question that a source asks of a register; or what is wrong, by key, code and words.

    Neither where the register is at fault itself: that is told with its own file.
    """
    register = library.registers.get(source["register"])
    if register is None:
        says = f"registers 文件夹里没有登记簿“{source['register']}”。请先写好，或改成已有的。"
        return None, ("register", "REGISTER-UNKNOWN", says)
    if register and source["asks"] not in register["questions"]:
        says = f"登记簿“{source['register']}”不回答“{source['asks']}”。请核对 questions。"
        return None, ("asks", "REGISTER-QUESTION-UNKNOWN", says)
    return register["questions"][source["asks"]] if register else None, None


def published(source: Mapping[str, Any], library: Library) -> Document:
    """A source without fault, with what a case must know of it: never what a register says of people."""
    if "register" in source:
        register = library.registers[source["register"]]
        question = register["questions"][source["asks"]]
        told = {key: register[key] for key in ("name", "kept_by")}
        return {**source, **told, "question": question["question"], "answer": question["answer"]}
    if "certificate" in source:
        return {**source, "name": library.certificates[source["certificate"]]["name"]}
    return dict(source)
