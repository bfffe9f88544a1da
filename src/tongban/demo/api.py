"""The door of the demonstration."""

from tongban.demo.city import CASES, SEED, live, populate

__all__ = ["CASES", "SEED", "live", "populate"]
