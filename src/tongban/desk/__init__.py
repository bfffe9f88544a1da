"""Desk: the officers' front room, one desk for every service.

Owns: nothing.
Says: "desk", "case".
Asks: cases for the desk, the queues, the approvals and one case with its acts; catalogue for names.
"""
