"""Notices: messages to people about their own affairs, and the city's announcements to everyone.

Owns: notices, how each was delivered, who wants what by which way, announcements.
Says: "tell", "mark read", "deliver", "publish".
Asks: wiring for what happened, who may read of it, and the ways by which messages leave the house.
"""
