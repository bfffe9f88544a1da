"""Reading: what other tools write is understood; what is outside our set is refused with its line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongban.engine.flow import BadFlow, Kind, Timer, complete, parse, start
from tongban.engine.flow.tests.drawn import HEAD, bpmn
from tongban.engine.flow.tests.foreign import BPMN_JS, CAMUNDA, SIGNAVIO
from tongban.engine.flow.timers import timer


def codes(file: bytes) -> list[str]:
    """What is wrong with a file, as codes in the order of its lines."""
    with pytest.raises(BadFlow) as bad:
        parse(file)
    return [fault.code for fault in bad.value.faults]


def wrong(lines: str) -> list[str]:
    """What is wrong with a flow drawn in lines."""
    return codes(bpmn(lines))


@pytest.mark.parametrize(
    ("text", "task", "actor"), [(BPMN_JS, "Activity_1", ""), (SIGNAVIO, "sid-6", "经办科室")]
)
def test_what_bpmn_js_and_signavio_write_runs(text: str, task: str, actor: str) -> None:
    net = parse(text.encode())
    begun = start(net)
    assert [wait.node for wait in begun.opened] == [task]
    assert net.node(task).actor == actor
    assert complete(net, begun.marking, task).ended


def test_properties_that_the_camunda_modeler_writes_are_ours_where_they_say_so() -> None:
    net = parse(CAMUNDA.encode())
    intake, decide = net.node("intake"), net.node("decide")
    assert (intake.acts, intake.actor, intake.limit) == (
        ("accept", "refuse-acceptance"),
        "窗口",
        Timer(1, "workday"),
    )
    assert decide.limit == Timer(3, "workday")
    begun = start(net)
    assert [one.node for one in complete(net, begun.marking, "intake", {"act": "accept"}).opened] == [
        "decide"
    ]
    assert complete(net, begun.marking, "intake", {"act": "refuse-acceptance"}).ended


def test_a_name_over_two_lines_is_one_name() -> None:
    assert parse(BPMN_JS.encode()).node("Activity_1").name == "审查 材料"


@pytest.mark.parametrize(
    "kind", ["scriptTask", "task", "complexGateway", "eventBasedGateway", "transaction", "adHocSubProcess"]
)
def test_what_is_outside_the_set_is_refused_with_its_line(kind: str) -> None:
    file = f'{HEAD}<process id="p">\n<startEvent id="a"/>\n<{kind} id="b"/>\n</process></definitions>'
    with pytest.raises(BadFlow) as bad:
        parse(file.encode())
    [fault] = [one for one in bad.value.faults if one.code == "OUTSIDE"]
    assert fault.line == 5
    assert kind in fault.says


@pytest.mark.parametrize(
    ("event", "definition"),
    [
        ("startEvent", "messageEventDefinition"),
        ("startEvent", "timerEventDefinition"),
        ("endEvent", "signalEventDefinition"),
        ("intermediateCatchEvent", "signalEventDefinition"),
        ("intermediateCatchEvent", "errorEventDefinition"),
    ],
)
def test_events_outside_the_set_are_refused(event: str, definition: str) -> None:
    file = f'{HEAD}<process id="p"><{event} id="a"><{definition}/></{event}></process></definitions>'
    assert "OUTSIDE" in codes(file.encode())


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ("a user; a user; start > a; a > end", "ID-TWICE"),
        ("a user; start > a", "NOTHING-OUT"),
        ("a user; b user; start > a; a > end; b > end", "NOTHING-INTO"),
        ("a user; start > a; a > end; a > end", "SPLIT-WITHOUT-GATEWAY"),
        ("a user; start > a; a > end; end > a", "OUT-OF-END"),
        ("a user; start > a; a > start; a > end", "INTO-START"),
        ("a user; start > a; a > nowhere", "FLOW-END"),
        ("a user; begin start; start > a; begin > a; a > end", "START"),
        ("a user; s sub; s0 start in=s; x user in=s; s0 > x; x > a; start > s; s > a; a > end", "CROSSES"),
        ("a user; g and; start > g; g > a: v > 1; a > end", "CONDITION-HERE"),
        ("g xor; a user; b user; start > g; g > a: v >; g > b *; a > end; b > end", "EXPRESSION"),
        ("g xor; a user; b user; start > g; g > a: import('os'); g > b *; a > end; b > end", "EXPRESSION"),
        ("a user many=v/0; start > a; a > end", "EXPRESSION"),
        ("a user limit=soon; start > a; a > end", "LIMIT"),
        ("a user; g xor; start > a; a > g; g > a xmany; g > end *", "AT-MOST"),
        ("t timer every=tomorrow; start > t; t > end", "TIMER"),
        (
            "a user; t timer on=a every=R3/P1D; b user; f end; start > a; a > end; t > b; b > f",
            "TIMER-REPEATS",
        ),
        ("a user; t timer on=nobody; start > a; a > end; t > end", "HOST"),
        ("a user; c error on=a; b user; start > a; a > end; c > b; b > end", "ERROR-HOST"),
        ("a user; bad throw code=e1; start > a; a > bad", "ERROR-UNCAUGHT"),
        ("c call calls=p; start > c; c > end", "PROCESS"),
        ("c call calls=away; start > c; c > end", "CALL-UNKNOWN"),
    ],
)
def test_a_shape_that_cannot_run_is_refused(lines: str, code: str) -> None:
    assert code in wrong(lines)


def test_processes_that_call_each_other_are_refused() -> None:
    called = [
        ("q", "c1 call calls=r; q0 start; q1 end; q0 > c1; c1 > q1"),
        ("r", "c2 call calls=q; r0 start; r1 end; r0 > c2; c2 > r1"),
    ]
    assert "CALLS-ITSELF" in codes(bpmn("c call calls=q; start > c; c > end", called))


def test_sub_processes_beyond_all_reading_are_refused() -> None:
    inner = "<userTask id='t'/>"
    for depth in range(30):
        inner = f"<subProcess id='s{depth}'>{inner}</subProcess>"
    assert "TOO-DEEP" in codes(f"{HEAD}<process id='p'>{inner}</process></definitions>".encode())


def test_all_that_is_wrong_is_said_at_once() -> None:
    assert {"NOTHING-OUT", "TIMER", "OUT-OF-END"} <= set(
        wrong("a user; t timer every=x; start > t; t > end; end > a")
    )


@pytest.mark.parametrize(
    ("file", "code"),
    [
        (b"", "XML"),
        (b"<definitions", "XML"),
        (b"<html/>", "BPMN"),
        (b'<!DOCTYPE d [<!ENTITY a "b">]><d>&a;</d>', "XML-DOCTYPE"),
        (b"<a>" * 500_000, "XML-TOO-LARGE"),
        (f"{HEAD}</definitions>".encode(), "PROCESS"),
    ],
)
def test_what_is_no_flow_is_refused(file: bytes, code: str) -> None:
    assert codes(file) == [code]


def test_no_entity_is_resolved_and_no_file_is_read() -> None:
    file = b'<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]><d>&a;</d>'
    assert codes(file) == ["XML-DOCTYPE"]


@given(
    st.binary(max_size=400) | st.text(max_size=200).map(lambda text: f"{HEAD}{text}</definitions>".encode())
)
def test_whatever_comes_is_read_or_refused(file: bytes) -> None:
    with pytest.raises(BadFlow):
        parse(file)


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("5 workday", Timer(5, "workday")),
        ("2 hours", Timer(2, "hour")),
        ("P3D", Timer(3, "day")),
        ("PT4H", Timer(4, "hour")),
        ("P1M", Timer(1, "month")),
        ("R3/P5D", Timer(5, "day", 3)),
        ("R2/5 workday", Timer(5, "workday", 2)),
        ("R/P5D", None),
        ("R0/P5D", None),
        ("PT1S", None),
        ("1000 workday", None),
        ("tomorrow", None),
    ],
)
def test_lengths_of_time_are_read_as_drawings_say_them(text: str, length: Timer | None) -> None:
    assert timer(text) == length


def test_a_called_process_is_in_the_net_under_the_name_of_who_calls() -> None:
    called = [("visit", "v0 start; v user actor=两名工作人员; v1 end; v0 > v; v > v1")]
    drawn = "c1 call calls=visit; c2 call calls=visit; start > c1; c1 > c2; c2 > end"
    net = parse(bpmn(drawn, called))
    assert {node.id for node in net.nodes if node.kind is Kind.USER} == {"c1/v", "c2/v"}


def test_calls_of_calls_are_counted_before_they_are_read() -> None:
    """Ten calls of ten calls, four deep: a few kB that would be ten thousand nodes."""
    deep, wide = 4, 10
    file = HEAD
    for at in range(deep):
        calls = [f'<callActivity id="c{one}" calledElement="p{at + 1}"/>' for one in range(wide)]
        file += f'<process id="p{at}">{"".join(calls)}</process>'
    assert codes(f'{file}<process id="p{deep}"><startEvent id="a"/></process></definitions>'.encode()) == [
        "TOO-LARGE"
    ]


@pytest.mark.parametrize("encoding", ["utf-16", "gb18030", "utf-16-le"])
def test_a_drawing_that_is_no_utf8_is_refused_with_what_to_do(encoding: str) -> None:
    text = BPMN_JS.replace("UTF-8", encoding)
    with pytest.raises(BadFlow) as bad:
        parse(text.encode(encoding))
    [fault] = bad.value.faults
    assert fault.code == "XML-ENCODING"
    assert "UTF-8" in fault.says
