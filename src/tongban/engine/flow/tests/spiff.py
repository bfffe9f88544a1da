"""The same flows run by SpiffWorkflow, whose authors never saw our engine."""

import re
from collections import Counter
from collections.abc import Mapping
from typing import Any

from lxml import etree
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.util import BpmnEvent
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState


class Spiff:
    """One run of a process by SpiffWorkflow."""

    def __init__(self, bpmn: bytes, data: Mapping[str, Any]) -> None:
        parser = BpmnParser()
        # Lengths of time are expressions there, and stand in quotes.
        quoted = re.sub(rb"<timeDuration>(.*?)</timeDuration>", rb'<timeDuration>"\1"</timeDuration>', bpmn)
        parser.add_bpmn_xml(etree.fromstring(quoted))
        self.run = BpmnWorkflow(parser.get_spec("p"), parser.get_subprocess_specs("p"))
        self.run.task_tree.data.update(data)
        self.run.do_engine_steps()

    def enabled(self) -> Counter[str]:
        """What waits, each as often as it waits."""
        return Counter(_name(task) for task in self._waiting())

    def complete(self, name: str) -> None:
        """The first of this name is done, or happens."""
        task = next(task for task in self._waiting() if _name(task) == name)
        if task.state == TaskState.READY:
            task.run()
        elif type(task.task_spec.event_definition).__name__ == "MessageEventDefinition":
            self.run.catch(BpmnEvent(task.task_spec.event_definition, {}))
        else:
            task._set_internal_data(event_fired=True)
            self.run.refresh_timers()
        self.run.do_engine_steps()

    @property
    def ended(self) -> bool:
        """Whether the process is over."""
        return bool(self.run.is_completed())

    def _waiting(self) -> list[Any]:
        ready = self.run.get_tasks(state=TaskState.READY, manual=True)
        events = [
            task
            for task in self.run.get_tasks(state=TaskState.WAITING)
            if hasattr(task.task_spec, "event_definition")
            and type(task.task_spec.event_definition).__name__ != "ErrorEventDefinition"
        ]
        return [*ready, *events]


def _name(task: Any) -> str:
    """The id in the drawing; one of several is called a child of it."""
    return str(task.task_spec.name).removesuffix(" [child]")
