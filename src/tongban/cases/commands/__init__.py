"""What changes a case: one verb, one function, one transaction."""

from tongban.cases.commands.application import Application
from tongban.cases.commands.applying import resubmit, supply_owed, withdraw
from tongban.cases.commands.approvals import approve, decline, extend, reverse, revoke
from tongban.cases.commands.change import Acted
from tongban.cases.commands.clock import complete, complete_delivered, fire_due, recompute_deadlines
from tongban.cases.commands.consulting import (
    answer_consultation,
    ask_in_flow,
    consult,
    decline_consultation,
)
from tongban.cases.commands.drafts import (
    FILES_WAIT,
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
from tongban.cases.commands.erasure import KEY_TABLES, erase_content
from tongban.cases.commands.examining import mark_spot, tick, unmark_spot
from tongban.cases.commands.exporting import Export, record_export
from tongban.cases.commands.flowing import LIFE_OF_FLOWS, change_flow, complete_task
from tongban.cases.commands.following import follow, withdraw_joint
from tongban.cases.commands.forwarding import forward
from tongban.cases.commands.handing_in import hand_in
from tongban.cases.commands.handing_over import hand_over
from tongban.cases.commands.handling import (
    CorrectionFault,
    accept,
    accept_tolerantly,
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
from tongban.cases.commands.joining import Joined, submit_joint
from tongban.cases.commands.jointly import extend_jointly
from tongban.cases.commands.lateness import explain, supervise
from tongban.cases.commands.mailing import ask_receipt_mail, send_receipt
from tongban.cases.commands.materials import arrange, attach
from tongban.cases.commands.noting import note
from tongban.cases.commands.presence import AlsoHere, be_present
from tongban.cases.commands.serving import (
    Served,
    begin_for,
    corrected_at_window,
    give_back,
    give_back_all,
    standing_here,
    supply,
    take_up,
)
from tongban.cases.commands.submit import Submitted, submit
from tongban.cases.commands.talking import answer_contest, change_contact, contest_look, send_message
from tongban.cases.commands.turns import (
    Taken,
    assign,
    assign_next,
    place_arrivals,
    release,
    take,
    take_next,
)
from tongban.cases.events import Received
from tongban.cases.rules.serving import KnownBy

__all__ = [
    "FILES_WAIT",
    "KEPT_UNCLAIMED",
    "KEY_TABLES",
    "LIFE_OF_FLOWS",
    "Acted",
    "AlsoHere",
    "Application",
    "Beginning",
    "CorrectionFault",
    "EndingDraft",
    "Export",
    "Joined",
    "KnownBy",
    "Received",
    "Served",
    "Submitted",
    "Taken",
    "Typed",
    "Writer",
    "accept",
    "accept_tolerantly",
    "answer_consultation",
    "answer_contest",
    "approve",
    "arrange",
    "ask_in_flow",
    "ask_receipt_mail",
    "assign",
    "assign_next",
    "attach",
    "be_present",
    "begin",
    "begin_for",
    "change_contact",
    "change_flow",
    "choose",
    "claim",
    "complete",
    "complete_delivered",
    "complete_task",
    "consult",
    "contest_look",
    "corrected_at_window",
    "decline",
    "decline_consultation",
    "deliver",
    "discard",
    "end_special_procedure",
    "erase_content",
    "expire_drafts",
    "explain",
    "extend",
    "extend_jointly",
    "fire_due",
    "follow",
    "forward",
    "give_back",
    "give_back_all",
    "grant",
    "hand_in",
    "hand_over",
    "mark_spot",
    "note",
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
    "revoke",
    "save",
    "send_message",
    "send_receipt",
    "standing_here",
    "start_special_procedure",
    "submit",
    "submit_joint",
    "supervise",
    "supply",
    "supply_owed",
    "take",
    "take_ending",
    "take_next",
    "take_up",
    "terminate",
    "tick",
    "unmark_spot",
    "withdraw",
    "withdraw_joint",
]
