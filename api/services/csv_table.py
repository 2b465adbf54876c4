"""A table to open in a spreadsheet, which would take a cell that begins as a formula does for one and run it."""

import csv
from collections.abc import Iterable
from io import StringIO

BEGINS_A_FORMULA = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")


def as_csv(columns: Iterable[str], rows: Iterable[Iterable[object]]) -> bytes:
    """UTF-8 with the mark by which spreadsheets know it. Before what would be a formula stands an apostrophe."""
    table = StringIO()
    writer = csv.writer(table, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    return table.getvalue().encode("utf-8-sig")


def _harmless(cell: object) -> str:
    text = str(cell)
    return f"'{text}" if text.lstrip(" ").startswith(BEGINS_A_FORMULA) else text
