"""Flow: how a case is handled inside, drawn in BPMN 2.0, checked before it may run, and run by pure steps.

Owns: the net of a drawing, the marking of a case in it, what a step opens and closes, whether a net may run.
Says: "parse", "check", "start", "complete", "fire".
Asks: nobody; data, timers and messages arrive as values, and markings are the caller's to keep.
"""

from tongban.engine.flow.advancing import Advance, complete, fire, start
from tongban.engine.flow.checking import check, check_from
from tongban.engine.flow.drawing import svg
from tongban.engine.flow.exploring import State, passes
from tongban.engine.flow.faults import BadFlow, Fault, NotOpen, NoWay, Problem, UsedUp
from tongban.engine.flow.marking import (
    ENDED,
    Marking,
    Open,
    as_bytes,
    automatic_in,
    awaiting,
    from_bytes,
    open_in,
)
from tongban.engine.flow.moving import DoesNotMap, moved
from tongban.engine.flow.net import AUTOMATIC, FOUND, NOT_FOUND, Flow, Kind, Many, Net, Node, Timer
from tongban.engine.flow.reading import parse
from tongban.engine.flow.setting import Life, Setting, above
from tongban.engine.flow.steps import ahead_of, in_order, is_sure

__all__ = [
    "AUTOMATIC",
    "ENDED",
    "FOUND",
    "NOT_FOUND",
    "Advance",
    "BadFlow",
    "DoesNotMap",
    "Fault",
    "Flow",
    "Kind",
    "Life",
    "Many",
    "Marking",
    "Net",
    "NoWay",
    "Node",
    "NotOpen",
    "Open",
    "Problem",
    "Setting",
    "State",
    "Timer",
    "UsedUp",
    "above",
    "ahead_of",
    "as_bytes",
    "automatic_in",
    "awaiting",
    "check",
    "check_from",
    "complete",
    "fire",
    "from_bytes",
    "in_order",
    "is_sure",
    "moved",
    "open_in",
    "parse",
    "passes",
    "start",
    "svg",
]
