"""The command `tongban`: one door for those who run an installation.

Says: "demo", "exercise", "serve", "worker", "migrate", "check", "packs", "demo-data", "token", "keys",
"clock", "ledger".
A command is a module with `add_to(subparsers)`; it is imported only when it is called, so that the help is
quick and that checking the public log needs neither Django nor a database.
"""
