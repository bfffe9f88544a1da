"""The door of learning: for the command that starts an exercise, and for its own frame and clock."""

from tongban.learning.commands import LEARNERS, TRAINER, begin, keep_up, move, open_offices, refuse_real
from tongban.learning.queries import at_work

__all__ = ["LEARNERS", "TRAINER", "at_work", "begin", "keep_up", "move", "open_offices", "refuse_real"]
