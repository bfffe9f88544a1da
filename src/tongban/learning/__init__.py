"""Learning: an exercise in which officers try ten cases, with a clock that they move themselves.

Owns: the exercises, who is at which of them, and the moment to which its clock has come.
Says: "begin", "move the clock", "what was right".
Asks: cases to build and judge what is done at the real desk; catalogue, directory and identity for an office
and a learner of its own. It runs by settings of its own, on a database of its own; nothing depends on it, and
no other installation has its tables or its addresses.
"""
