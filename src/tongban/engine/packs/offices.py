"""The offices that run an item: their codes, their names, and the regions they serve.

A unified social credit code (GB 32100) belongs to one body for ever; its 3rd to 8th characters are the region
of the authority that registered it, which may be one above, or one whose code has changed since.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path as FilePath
from typing import Any, Final

from tongban.engine.codes import CodeError, check_credit_code, credit_code_of
from tongban.engine.packs.faults import PackFault
from tongban.engine.packs.items import Draft
from tongban.engine.packs.shape import each
from tongban.engine.packs.shapes import REGIONS, TRIAL_BODY
from tongban.engine.packs.tree import Path

Names = dict[str, tuple[str, str]]
"""The name of every office by its code, and the file in which it is called so."""


def office_faults(draft: Draft, names: Names) -> Iterator[PackFault]:
    """Every office of the item that is not told rightly, its superior too; puts the others into `names`."""
    for at, office in each(draft.data, "offices"):
        yield from _body_faults(draft, ("offices", at), office, names)
        if "superior" in office:
            yield from _body_faults(draft, ("offices", at, "superior"), office["superior"], names)
        yield from _superior_faults(draft, at, office)
    for task, at, body in _asked(draft.data):
        yield from _body_faults(draft, ("process", "asks", task, at), body, names)


def _body_faults(draft: Draft, path: Path, body: Mapping[str, Any], names: Names) -> Iterator[PackFault]:
    """Whether code, name and region of a body are told rightly."""
    if says := _wrong_with(body["body"]):
        yield draft.tree.fault((*path, "body"), "OFFICE-CODE-WRONG", says)
    name, file = names.setdefault(body["body"], (body["name"], draft.tree.file))
    if name != body["name"]:
        says = (
            f"代码 {body['body']} 已经是“{name}”的（{file}），一个代码只属于一个单位。"
            f"是同一个单位就写同样的名称；是另一个就写它自己的代码，试用可以写 {TRIAL_BODY}。"
        )
        yield draft.tree.fault((*path, "name"), "OFFICE-NAME-DIFFERS", says)
    if body["region"] not in draft.library.regions:
        yield draft.tree.fault((*path, "region"), "REGION-UNKNOWN", _no_region(draft, body))


def _superior_faults(draft: Draft, at: int, office: Mapping[str, Any]) -> Iterator[PackFault]:
    """Whether it is told to whom the office sends its cases on, where it does, and only there."""
    sends_on, superior = draft.data.get("kind") == "forwarded", office.get("superior")
    if sends_on and superior is None:
        says = "上报件要写由谁决定。请在这个单位下面写 superior：上级单位的 body、name 和 region。"
        yield draft.tree.fault(("offices", at), "SUPERIOR-MISSING", says)
    if superior is not None and not sends_on:
        says = "只有上报件（kind: forwarded）才有上级单位来决定。请删掉 superior，或者改 kind。"
        yield draft.tree.fault(("offices", at, "superior"), "SUPERIOR-NEEDLESS", says)
    if superior is not None and superior["body"] in {one["body"] for _, one in each(draft.data, "offices")}:
        says = "上级单位不能同时是收件的单位：它收到的件就没有人初审了。请核对代码。"
        yield draft.tree.fault(("offices", at, "superior", "body"), "SUPERIOR-RECEIVES", says)


def _no_region(draft: Draft, office: Mapping[str, str]) -> str:
    regions = draft.library.regions
    called = [code for code, name in regions.items() if name == office["region"]]
    if called:
        return f'“region”要写区划代码，不写名称。{office["region"]}的代码是 "{called[0]}"。'
    if not office["region"].isdigit():
        known = "、".join(f'"{code}"（{name}）' for code, name in list(regions.items())[:_SHOWN])
        return f"“region”要写区划代码，全在 regions.yaml 里，例如 {known}。"
    return draft.library.lacks("区划代码", office["region"], "regions.yaml", REGIONS)


_SHOWN: Final = 3


def office_notes(draft: Draft) -> Iterator[PackFault]:
    """Every office whose code was given out in a region that neither holds the served one nor lies in it."""
    for at, office in each(draft.data, "offices"):
        home, served = office["body"][2:8], office["region"][:6]
        if home.startswith(_NATION) or _nested(home, served):
            continue
        regions = draft.library.regions
        says = (
            f"代码第 3 至 8 位是给单位登记的机关所在地 {home}（{regions.get(home, '未列入区划')}），"
            f"region 却是 {served}（{regions.get(served, '')}）。区划调整过的单位可以这样；不是就核对这两处。"
        )
        yield draft.tree.fault(("offices", at, "region"), "OFFICE-REGION-ELSEWHERE", says)


_NATION: Final = "10"


def _nested(one: str, other: str) -> bool:
    short, long = sorted(
        (one.removesuffix("00").removesuffix("00"), other.removesuffix("00").removesuffix("00")), key=len
    )
    return long.startswith(short)


def offices_in(items: Mapping[FilePath, Mapping[str, Any]]) -> Names:
    """The offices that these items' files name, as far as they are written rightly."""
    names: Names = {}
    for file, item in items.items():
        for _, office in each(item, "offices"):
            for one in bodies_of(office):
                names.setdefault(one["body"], (one["name"], str(file)))
        for _, _, one in _asked(item):
            names.setdefault(one["body"], (one["name"], str(file)))
    return names


def _wrong_with(body: str) -> str:
    """What is wrong with a body's credit code, and the code it could be; nothing if it is right."""
    try:
        code = check_credit_code(body)
    except CodeError as error:
        return f"{error.says}{_completed(body)}"
    return "" if code == body else f"统一社会信用代码要用大写字母和数字，不留空。请写成 {code}。"


def _completed(body: str) -> str:
    try:
        code = credit_code_of(body[:17])
    except CodeError:
        return f"它由 18 位数字和大写字母组成，例如 {TRIAL_BODY}。请照单位的证书写；试用时可以直接用这个。"
    return f"请照单位的证书核对；试用时自己编的，前 17 位不变，写成 {code} 就对了（末位是算出来的校验码）。"


def _asked(item: Mapping[str, Any]) -> Iterator[tuple[str, int, Mapping[str, Any]]]:
    """Task, place and body of every opinion that the flow of the item is to ask."""
    for task, bodies in (item.get("process") or {}).get("asks", {}).items():
        yield from ((task, at, body) for at, body in enumerate(bodies or ()) if body is not None)


def bodies_in(item: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Every body that an item names: its offices, who decides for them, whose opinion is asked."""
    offices = [body for office in item["offices"] for body in bodies_of(office)]
    return [*offices, *(body for _, _, body in _asked(item))]


def bodies_of(office: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The office itself and, where it sends its cases on, the body that decides them."""
    return [office, *([office["superior"]] if "superior" in office else [])]
