"""Registers that a pack holds as samples.

A real register is asked through an adapter and stands in no file; one written down is a sample and says so.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path as FilePath
from typing import Any, Final

from tongban.engine.codes import CodeError, check_credit_code, check_resident_id
from tongban.engine.forms.model import form_of, problems_of
from tongban.engine.forms.validate import validate
from tongban.engine.packs.faults import PackFault
from tongban.engine.packs.library import Library, read, twice_faults
from tongban.engine.packs.questions import bound
from tongban.engine.packs.shape import each, fitting
from tongban.engine.packs.shapes import ELEMENTS, REGISTER
from tongban.engine.packs.tree import Path, Tree, tree_of

Document = dict[str, Any]


def register_faults(library: Library, roots: Sequence[FilePath]) -> list[PackFault]:
    """Put the registers of these packs folders, nearest first, into the library; every fault in them."""
    faults: list[PackFault] = []
    for file in [file for root in roots for file in sorted((root / "registers").glob("*.yaml"))]:
        tree = tree_of(str(file), read(file))
        data, found = fitting(tree, REGISTER)
        questions: Document = {}
        for code, question in data.get("questions", {}).items():
            form, wrong = _answer(tree, code, question, library)
            found += wrong or _answers(tree, code, form)
            questions[code] = {**question, "answer": form}
        if data.get("sample") is False:
            says = "写在文件里的登记簿只能是样例。请写 sample: true；真的登记簿要通过接口去问。"
            found.append(tree.fault(("sample",), "REGISTER-NOT-SAMPLE", says))
        library.registers.setdefault(file.stem, {} if found else {**data, "questions": questions})
        faults += found
    return faults


def _answer(
    tree: Tree, code: str, question: Mapping[str, Any], library: Library
) -> tuple[Document, list[PackFault]]:
    """What a register answers to one question, as a form of one step; its faults."""
    faults: list[PackFault] = []
    fields: list[Document] = []
    for at, field in each(question, "answer"):
        element = library.elements.get(field["element"])
        if element is None:
            path: Path = ("questions", code, "answer", at, "element")
            says = library.lacks("数据元", field["element"], "elements.yaml", ELEMENTS)
            faults.append(tree.fault(path, "ELEMENT-UNKNOWN", says))
        elif element:  # One that is at fault itself is told where it stands.
            fields.append(bound(field, element))
    form: Document = {"steps": [{"code": code, "title": question.get("question", code), "fields": fields}]}
    for problem in [] if faults else problems_of(form):
        place = problem.path[4:] if problem.path[:1] == ("steps",) else ()
        at_field = problem.path[3] if len(problem.path) > 3 else 0
        faults.append(tree.fault(("questions", code, "answer", at_field, *place), problem.code, problem.says))
    return form, faults


def _answers(tree: Tree, code: str, form: Document) -> list[PackFault]:
    """Every answer that does not fit its elements, and every row whose person nobody could be."""
    unfit = _unfit(tree.first, code, json.dumps(form))
    return [one._replace(file=tree.file) for one in unfit]


@lru_cache(maxsize=256)
def _unfit(tree: Tree, code: str, form: str) -> tuple[PackFault, ...]:
    """Kept as the tree is, for a sample register is long; `form`: that of its answers, in JSON."""
    question = fitting(tree, REGISTER)[0]["questions"][code]
    return tuple(_answers_wrong(tree, code, question, json.loads(form)))


def _answers_wrong(tree: Tree, code: str, question: Mapping[str, Any], form: Document) -> Iterator[PackFault]:
    place: Path = ("questions", code)
    asked = form_of(form)
    given = [((*place, "everyone_else"), question.get("everyone_else"))]
    for at, row in each(question, "rows"):
        given.append(((*place, "rows", at, "answer"), row["answer"]))
        yield from _nobody(tree, (*place, "rows", at), row)
    for path, answer in given:
        for wrong in () if answer is None else validate(asked, answer).faults:
            yield tree.fault((*path, wrong.field), "REGISTER-ANSWER-WRONG", f"{wrong.says}{wrong.do}")
    for whom in _ABOUT:
        named = {"rows": [row for row in question.get("rows", ()) if row and whom in row]}
        for fault in twice_faults(tree, named, "rows", whom):
            yield tree.fault((*place, "rows"), fault.code, fault.says)


_ABOUT: Final = {"person": check_resident_id, "enterprise": check_credit_code}
"""Whom a row may be about, and how their number is checked."""


def _nobody(tree: Tree, path: Path, row: Mapping[str, Any]) -> Iterator[PackFault]:
    """What is wrong with whom a row is about: one person or one enterprise, who could be."""
    about = [whom for whom in _ABOUT if whom in row]
    if len(about) != 1:
        says = "每一行要写 person（公民身份号码）或 enterprise（统一社会信用代码），只写一个。"
        yield tree.fault(path, "REGISTER-PERSON-WRONG", says)
    for whom in about:
        try:
            _ABOUT[whom](row[whom])
        except CodeError as error:
            yield tree.fault((*path, whom), "REGISTER-PERSON-WRONG", f"{error.says}{error.do}")
