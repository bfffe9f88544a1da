"""Cases: one applicant's request for one service, from arrival to archive.

Owns: the case, its events, its sealed content, its place in the queue, its clocks and timers, its approvals.
Says: "submit", "take next", "accept", "return for correction", "extend", "grant", "refuse", "reverse".
Asks: catalogue for the item and its regime; papers to claim files; ledger to record each act and look.
Tells: `cases.submitted`, `cases.delivered` and every other kind in `events`, once its leaf is sealed.
"""
