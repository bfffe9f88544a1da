"""Packs: the plain files in which a service item is written, and every fault that can be found in them.

Owns: the YAML that packs may use, the shape of their files, the rules an item must keep.
Says: `check(paths, installed=…, on=…)` gives every fault with its line, and the documents to publish.
Asks: engine.forms for forms and conditions; engine.codes for credit codes.
"""

from tongban.engine.packs.check import Checked, Document, check
from tongban.engine.packs.compare import Difference, differences
from tongban.engine.packs.example import example_of
from tongban.engine.packs.faults import PackFault
from tongban.engine.packs.guide import PLACE, SECTIONS
from tongban.engine.packs.offices import bodies_in
from tongban.engine.packs.schemas import schemas
from tongban.engine.packs.texts import (
    in_other_words,
    markdown_in_other_words,
    table_in_other_words,
    texts_of,
)

__all__ = [
    "PLACE",
    "SECTIONS",
    "Checked",
    "Difference",
    "Document",
    "PackFault",
    "bodies_in",
    "check",
    "differences",
    "example_of",
    "in_other_words",
    "markdown_in_other_words",
    "schemas",
    "table_in_other_words",
    "texts_of",
]
