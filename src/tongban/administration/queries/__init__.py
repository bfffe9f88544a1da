"""What is asked: how the city is arranged, what waits, what was changed."""

from tongban.administration.queries.sheets import filled_in, template

__all__ = ["filled_in", "template"]
