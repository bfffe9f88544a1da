"""Counters: an officer at a window receives who stands there, for the same draft and queue as online.

Owns: receptions, each of one person by one officer for one day.
Says: "receive", "leave"; answers "reception", "receptions", "receivable".
Asks: exchange whether name and number belong together; identity who that is; cases for drafts and cases.
Tells: nothing.
"""
