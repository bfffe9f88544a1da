"""What a command says when it cannot do what was asked."""


class Failure(Exception):
    """One clear sentence for the person at the keyboard: what is wrong, and what to do."""
