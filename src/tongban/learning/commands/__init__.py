"""What changes: the offices of the learners, an exercise begun anew, its clock moved on, what it comes to."""

from tongban.learning.commands.beginning import begin
from tongban.learning.commands.going_on import keep_up, move, note_found
from tongban.learning.commands.office import LEARNERS, TRAINER, open_offices, refuse_real

__all__ = ["LEARNERS", "TRAINER", "begin", "keep_up", "move", "note_found", "open_offices", "refuse_real"]
