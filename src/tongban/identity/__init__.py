"""Identity: people, enterprises, sign-in, acting for others.

Owns: accounts, enterprises, mandates, sealed profiles, bearer tokens, the count of failed sign-ins.
Says: "open account", "sign in", "entitle", "act for", "create token", "viewer of".
Asks: directory for the officer behind an officer's account.
"""
