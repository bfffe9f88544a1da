"""What changes a case: one verb, one function, one transaction."""

from tongban.cases.commands.application import Application
from tongban.cases.commands.applying import resubmit, withdraw
from tongban.cases.commands.approvals import approve, decline, extend, reverse
from tongban.cases.commands.clock import complete, complete_delivered, fire_due, recompute_deadlines
from tongban.cases.commands.drafts import (
    KEPT_UNCLAIMED,
    Beginning,
    EndingDraft,
    Typed,
    Writer,
    begin,
    choose,
    claim,
    discard,
    expire_drafts,
    save,
    take_ending,
)
from tongban.cases.commands.erasure import erase_content, rewrap
from tongban.cases.commands.examining import mark_spot, tick, unmark_spot
from tongban.cases.commands.exporting import Export, record_export
from tongban.cases.commands.handing_in import hand_in
from tongban.cases.commands.handling import (
    CorrectionFault,
    accept,
    deliver,
    end_special_procedure,
    grant,
    refuse,
    refuse_acceptance,
    remind,
    return_for_correction,
    start_special_procedure,
    terminate,
)
from tongban.cases.commands.mailing import ask_receipt_mail, send_receipt
from tongban.cases.commands.materials import arrange, attach
from tongban.cases.commands.presence import AlsoHere, be_present
from tongban.cases.commands.submit import Submitted, submit
from tongban.cases.commands.talking import answer_contest, change_contact, contest_look, send_message
from tongban.cases.commands.turns import Taken, place_arrivals, release, take, take_next

__all__ = [
    "KEPT_UNCLAIMED",
    "AlsoHere",
    "Application",
    "Beginning",
    "CorrectionFault",
    "EndingDraft",
    "Export",
    "Submitted",
    "Taken",
    "Typed",
    "Writer",
    "accept",
    "answer_contest",
    "approve",
    "arrange",
    "ask_receipt_mail",
    "attach",
    "be_present",
    "begin",
    "change_contact",
    "choose",
    "claim",
    "complete",
    "complete_delivered",
    "contest_look",
    "decline",
    "deliver",
    "discard",
    "end_special_procedure",
    "erase_content",
    "expire_drafts",
    "extend",
    "fire_due",
    "grant",
    "hand_in",
    "mark_spot",
    "place_arrivals",
    "recompute_deadlines",
    "record_export",
    "refuse",
    "refuse_acceptance",
    "release",
    "remind",
    "resubmit",
    "return_for_correction",
    "reverse",
    "rewrap",
    "save",
    "send_message",
    "send_receipt",
    "start_special_procedure",
    "submit",
    "take",
    "take_ending",
    "take_next",
    "terminate",
    "tick",
    "unmark_spot",
    "withdraw",
]
