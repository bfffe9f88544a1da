"""The door of the demonstration."""

from tongban.demo.city import build

__all__ = ["build"]
