"""Administration: changes to how the city is arranged, seen beforehand, agreed where dangerous, recorded.

Owns: proposals of changes, and the record of every change.
Says: "propose", "confirm", "agree", "decline", "withdraw"; answers "record", "proposals waiting".
Asks: directory, identity, catalogue, notices, exchange and cases for what stands, and to carry out a change.
Tells: nothing.
"""
