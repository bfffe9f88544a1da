"""Portal: the residents' front room, where contexts meet on one page.

Owns: nothing.
Says: "home".
Asks: catalogue for the items; cases for one's own that are open; ledger for how far it is sealed.
"""
