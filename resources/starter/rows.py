"""Tables of the starter content: read whole, every fault of a file told with its row and column."""

import csv
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path

from django.utils.translation import gettext


@dataclass(frozen=True)
class Fault:
    """What is wrong in a file. `row` as a spreadsheet numbers it (the header is row 1), 0 for the whole file."""

    file: str
    row: int
    column: str
    reason: str

    def __str__(self):
        parts = {"file": self.file, "row": self.row, "column": self.column, "reason": self.reason}
        if not self.row:
            return gettext("%(file)s: %(reason)s") % parts
        if not self.column:
            return gettext("%(file)s, row %(row)d: %(reason)s") % parts
        return gettext("%(file)s, row %(row)d, column %(column)s: %(reason)s") % parts


class Faults(list[Fault]):
    """Faults found so far."""

    def unread(self, file: str, rows: list) -> bool:
        """Whether `file`, of which `rows` came, could not be read at all."""
        return not rows and any(fault.file == file for fault in self)

    def add(self, file: str, reason: str, row: int = 0, column: str = "") -> None:
        self.append(Fault(file, row, column, reason))


# Takes the text of a cell without spaces at its ends and gives its value; ValueError says, in words, what is wrong.
Reader = Callable[[str], object]


@dataclass(frozen=True)
class Column:
    """How the cells of one column are read. An empty cell of a column that need not be filled gives `empty`."""

    read: Reader
    required: bool = False
    empty: object = ""


@dataclass(frozen=True)
class Row(Mapping):
    """One row, its cells read. `number` as a spreadsheet shows it."""

    number: int
    cells: Mapping[str, object]

    def __getitem__(self, column: str):
        return self.cells[column]

    def __iter__(self) -> Iterator[str]:
        return iter(self.cells)

    def __len__(self) -> int:
        return len(self.cells)


@dataclass(frozen=True)
class Table:
    """What a file has to look like. Columns that are not named are allowed and not read."""

    name: str
    columns: Mapping[str, Column]
    # No two rows may have the same cells in these columns.
    unique: tuple[str, ...] = ("key",)
    # Looks at a whole row and yields (column, reason) for what no single cell shows.
    check: Callable[[Row], Iterator[tuple[str, str]]] | None = None
    optional_columns: frozenset[str] = field(default_factory=frozenset)


def read_table(path: Path, table: Table, faults: Faults) -> list[Row]:
    """Every row of the file without a fault; what is wrong is added to `faults`, all of it."""
    name = path.name
    lines = _lines(path, faults)
    if not lines:
        return []
    header = [cell.strip() for cell in lines[0]]
    absent = [column for column in table.columns if column not in header and column not in table.optional_columns]
    for column in absent:
        faults.add(name, gettext("the column “%(column)s” is missing.") % {"column": column}, row=1, column=column)
    for column in {column for column in header if header.count(column) > 1}:
        faults.add(name, gettext("two columns have this name."), row=1, column=column)
    if absent or len(set(header)) < len(header):
        return []
    rows = []
    seen: dict[tuple, int] = {}
    for number, cells in enumerate(lines[1:], start=2):
        if not any(cell.strip() for cell in cells):
            continue  # an empty line
        if len(cells) != len(header):
            counts = {"cells": len(cells), "columns": len(header)}
            reason = gettext("the row has %(cells)d cells, the table %(columns)d columns.") % counts
            faults.add(name, reason, row=number)
            continue
        found = len(faults)
        row = Row(number, dict(_cells(name, number, dict(zip(header, cells, strict=True)), table, faults)))
        if len(faults) > found:
            continue
        identity = tuple(row[column] for column in table.unique)
        if table.unique and identity in seen:
            reason = gettext("row %(row)d has the same already.") % {"row": seen[identity]}
            faults.add(name, reason, row=number, column=", ".join(table.unique))
            continue
        seen[identity] = number
        for column, reason in table.check(row) if table.check else ():
            faults.add(name, reason, row=number, column=column)
        rows.append(row)
    return rows


def _lines(path: Path, faults: Faults) -> list[list[str]]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        faults.add(path.name, gettext("the file is missing."))
        return []
    except OSError as error:
        faults.add(path.name, error.strerror)
        return []
    except UnicodeDecodeError as error:
        row = path.read_bytes()[: error.start].count(b"\n") + 1
        faults.add(path.name, gettext("the text is not UTF-8; save the file as UTF-8."), row=row)
        return []
    lines = []
    try:
        for cells in csv.reader(StringIO(text, newline=""), strict=True):
            lines.append(cells)
    except csv.Error as error:
        reason = gettext("this is not a table of comma-separated values (%(error)s).") % {"error": error}
        faults.add(path.name, reason, row=len(lines) + 1)
        return []
    if not lines:
        faults.add(path.name, gettext("the file is empty."))
    return lines


def _cells(file: str, number: int, texts: Mapping[str, str], table: Table, faults: Faults):
    for name, column in table.columns.items():
        text = texts.get(name, "").strip()
        if not text:
            if column.required:
                faults.add(file, gettext("the cell is empty."), row=number, column=name)
            yield name, column.empty
            continue
        try:
            yield name, column.read(text)
        except ValueError as error:
            faults.add(file, str(error), row=number, column=name)
