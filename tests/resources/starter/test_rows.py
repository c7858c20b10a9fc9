"""Tables are read whole, and every fault of a file is told where a spreadsheet shows it."""

import pytest

from resources.starter import cells
from resources.starter.rows import Column, Faults, Table, read_table

TABLE = Table(
    "things",
    {
        "key": Column(cells.key(20), required=True),
        "year": Column(cells.year, empty=None),
        "tags": Column(cells.list_of(cells.one_of({"a", "b"})), empty=()),
    },
)


@pytest.fixture
def read(tmp_path):
    def read(content, table=TABLE):
        path = tmp_path / "things.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        faults = Faults()
        return read_table(path, table, faults), [(fault.row, fault.column) for fault in faults], list(map(str, faults))

    return read


def test_cells_are_read_by_their_column(read):
    rows, faults, _told = read("key,year,tags,more\r\none,2019,a|b,x\r\ntwo,,,y\r\n")
    assert not faults
    assert [dict(row) for row in rows] == [
        {"key": "one", "year": 2019, "tags": ("a", "b")},
        {"key": "two", "year": None, "tags": ()},
    ]


def test_a_byte_order_mark_and_spaces_around_cells_do_no_harm(read):
    rows, faults, _told = read("\ufeffkey , year,tags\n one , 2019 ,\n".encode())
    assert not faults and rows[0]["key"] == "one"


def test_rows_are_numbered_as_a_spreadsheet_shows_them(read):
    _rows, faults, _told = read('key,year,tags\n\none,2019,\n"t\nwo",2019,\nthree,soon,\n')
    assert faults == [(4, "key"), (5, "year")], "an empty line is a row, a cell of two lines is one row"


def test_every_fault_is_told_not_only_the_first(read):
    rows, faults, told = read("key,year,tags\none,2019\n,19,c\none,2019,a\none,2020,\n")
    assert faults == [(2, ""), (3, "key"), (3, "year"), (3, "tags"), (5, "key")]
    assert len(rows) == 1
    assert told[2] == "things.csv, row 3, column year: “19” is not a year from 1850 to 2100."
    assert "row 4" in told[4], "it says with which row"


def test_missing_and_doubled_columns(read):
    assert read("key,year\none,2019\n")[1] == [(1, "tags")]
    assert read("key,year,tags,key\none,2019,,x\n")[1] == [(1, "key")]


@pytest.mark.parametrize(
    ("content", "row"),
    [
        (b"", 0),
        (b"key,year,tags\none,2019,\nt\xe9l\xe9,2019,\n", 3),
        (b'key,year,tags\n"one,2019,\n', 2),
    ],
    ids=["empty", "not UTF-8", "open quotation mark"],
)
def test_files_that_are_no_tables(read, content, row):
    rows, faults, _told = read(content)
    assert rows == [] and faults == [(row, "")]


def test_a_missing_file(tmp_path):
    faults = Faults()
    assert read_table(tmp_path / "things.csv", TABLE, faults) == []
    assert [str(fault) for fault in faults] == ["things.csv: the file is missing."]
    assert read_table(tmp_path / "things.csv", TABLE, Faults()) == []


def test_a_fault_that_only_the_whole_row_shows(read):
    checked = Table("things", TABLE.columns, check=lambda row: [("tags", "odd")] if row["year"] == 2020 else [])
    rows, faults, _told = read("key,year,tags\none,2019,a\ntwo,2020,a\n", checked)
    assert faults == [(3, "tags")] and len(rows) == 2


READERS = {
    cells.key(5): ({"a-b.1": "a-b.1"}, ["A", "a b", "é", "-a", "a-b.12"]),
    cells.country_code: ({"BO": "BO"}, ["bo", "BOL", "B1"]),
    cells.whole_number: ({"12": 12}, ["-1", "1.5", "x", "٣"]),
    cells.year: ({"1904": 1904, "2100": 2100}, ["1849", "2101", "20", "20190", "٢٠١٩"]),
    cells.check_partial_date: (
        {"2019": "2019", "2019-06": "2019-06", "2020-02-29": "2020-02-29"},
        ["2019-13", "2019-02-29", "2019-6", "06/2019", "1700", ""],
    ),
    cells.url: (
        {"https://example.org/a?b=c": "https://example.org/a?b=c"},
        ["example.org", "ftp://example.org/", "javascript:alert(1)", "https://example.org/" + "a" * 800],
    ),
    cells.bare_doi: ({"10.1136/bmj.a506": "10.1136/bmj.a506"}, ["10.1136", "https://example.org/10.1136/bmj.a506"]),
    cells.ages: ({"0-2": (0, 2)}, ["10", "10-5", "a-b"]),
    cells.yes: ({"yes": True}, ["no", "1"]),
    cells.yes_or_no: ({"yes": True, "no": False}, ["1"]),
    cells.mapped({"NGO": "ngo", "?": ""}): ({"NGO": "ngo", "?": ""}, ["ngo"]),
    cells.list_of(cells.year): ({"2019|2020": (2019, 2020), "2019|2019": (2019,)}, ["2019|", "|", "2019,2020"]),
    cells.text(3): ({"abc": "abc"}, ["abcd", "a\0"]),
}


@pytest.mark.parametrize(
    ("read", "cell", "value"),
    [(read, cell, value) for read, (good, _) in READERS.items() for cell, value in good.items()],
)
def test_cells_that_can_be_read(read, cell, value):
    assert read(cell) == value


@pytest.mark.parametrize(("read", "cell"), [(read, cell) for read, (_, bad) in READERS.items() for cell in bad])
def test_cells_that_cannot_be_read_say_why(read, cell):
    with pytest.raises(ValueError, match=r"\w+ .*\.$"):
        read(cell)
