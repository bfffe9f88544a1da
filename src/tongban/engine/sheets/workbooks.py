"""The library of workbooks, loaded when the first is at hand: most commands see none."""

from io import BytesIO
from typing import Any


def opened(content: bytes) -> Any:
    """The workbook in a file, to be read; whatever the library raises of one that is damaged."""
    from openpyxl import load_workbook

    return load_workbook(BytesIO(content), read_only=True, keep_links=False)


def letters_of(place: int) -> str:
    """What a column is called, counted from 1: A, B, …, AA."""
    from openpyxl.utils import get_column_letter

    letters: str = get_column_letter(place)
    return letters
