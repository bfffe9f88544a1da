"""What administrators see and press."""

from tongban.administration.pages.arrangement import body, directory, home, person, record, recorded
from tongban.administration.pages.changing import change
from tongban.administration.pages.keys import keys
from tongban.administration.pages.proposals import filled_in, importing, proposal, template
from tongban.administration.pages.publishing import calendar, item, items

__all__ = [
    "body",
    "calendar",
    "change",
    "directory",
    "filled_in",
    "home",
    "importing",
    "item",
    "items",
    "keys",
    "person",
    "proposal",
    "record",
    "recorded",
    "template",
]
