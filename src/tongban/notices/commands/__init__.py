"""What changes in notices: people are told, messages are sent, notices are read, announcements published."""

from tongban.notices.commands.announcing import publish
from tongban.notices.commands.reading import mark_all_read, mark_read, want
from tongban.notices.commands.sending import NotInHand, deliver, write_to
from tongban.notices.commands.telling import Reminder, Told, remind, supply, tell, tell_of

__all__ = [
    "NotInHand",
    "Reminder",
    "Told",
    "deliver",
    "mark_all_read",
    "mark_read",
    "publish",
    "remind",
    "supply",
    "tell",
    "tell_of",
    "want",
    "write_to",
]
