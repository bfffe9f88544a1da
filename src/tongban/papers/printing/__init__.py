"""Printing: a sheet as pages of PDF/A-2b, with a drawn seal and a code to check it by. Stores nothing."""

from tongban.papers.printing.printer import Unprintable, print_sheet

__all__ = ["Unprintable", "print_sheet"]
