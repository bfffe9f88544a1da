"""What is asked of cases: one question, one function, a tested number of statements."""

from tongban.cases.queries.acts import acts_for, codes_for
from tongban.cases.queries.asked import AskedFor, approvals_of, approvals_shown
from tongban.cases.queries.content import HandedIn, Section, StoodFor, answers_of, materials_of, stood_for
from tongban.cases.queries.everyone import OVERTAKING_REASONS, events_tagged, most_used, waiting
from tongban.cases.queries.figures import Figures, ItemFigures, figures_of
from tongban.cases.queries.lists import (
    CaseRow,
    Filters,
    OpenApproval,
    QueueRow,
    Stage,
    approvals_open,
    cases,
    desk_of,
    queues,
)
from tongban.cases.queries.look import look_at
from tongban.cases.queries.news import Happened, happened, still_to_correct
from tongban.cases.queries.papers import (
    File,
    PaperShown,
    ReceiptFile,
    file_of,
    paper_of,
    papers_of,
    pictures_of,
    receipt_of,
)
from tongban.cases.queries.standing import Look, Standing, looks_at, standing_of
from tongban.cases.queries.view import CaseView, MaterialView, Told, view_of

__all__ = [
    "OVERTAKING_REASONS",
    "AskedFor",
    "CaseRow",
    "CaseView",
    "Figures",
    "File",
    "Filters",
    "HandedIn",
    "Happened",
    "ItemFigures",
    "Look",
    "MaterialView",
    "OpenApproval",
    "PaperShown",
    "QueueRow",
    "ReceiptFile",
    "Section",
    "Stage",
    "Standing",
    "StoodFor",
    "Told",
    "acts_for",
    "answers_of",
    "approvals_of",
    "approvals_open",
    "approvals_shown",
    "cases",
    "codes_for",
    "desk_of",
    "events_tagged",
    "figures_of",
    "file_of",
    "happened",
    "look_at",
    "looks_at",
    "materials_of",
    "most_used",
    "paper_of",
    "papers_of",
    "pictures_of",
    "queues",
    "receipt_of",
    "standing_of",
    "still_to_correct",
    "stood_for",
    "view_of",
    "waiting",
]
