"""Plans: what a city has undertaken to do, measure by measure, and how it stands.

Owns: implementation plans, their measures, and everything that is reported of them and answered for.
Says: "adopt", "publish", "report", "declare", "confirm", "send back", "postpone"; answers "register".
Asks: directory for bodies and who serves there.
Tells: nothing.
"""
