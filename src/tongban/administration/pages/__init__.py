"""What administrators see and press."""

from tongban.administration.pages.arrangement import body, directory, home, person, record, recorded
from tongban.administration.pages.changing import change
from tongban.administration.pages.proposals import filled_in, importing, proposal, template

__all__ = [
    "body",
    "change",
    "directory",
    "filled_in",
    "home",
    "importing",
    "person",
    "proposal",
    "record",
    "recorded",
    "template",
]
