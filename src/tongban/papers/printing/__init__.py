"""Printing: a sheet as PDF/A-2b, with a drawn seal and a code to check it by; a handout with neither.

Stores nothing.
"""

from tongban.papers.printing.printer import Unprintable, print_handout, print_sheet

__all__ = ["Unprintable", "print_handout", "print_sheet"]
