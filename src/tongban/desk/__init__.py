"""Desk: the officers' front room, one desk for every service.

Owns: nothing.
Says: "desk", "case", "certificate".
Asks: cases for the desk, the queues, the approvals and one case with its acts; certificates for what is to be
taken back and one certificate with its acts; catalogue for names.
"""
