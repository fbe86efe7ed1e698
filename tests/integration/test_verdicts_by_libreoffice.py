"""The sums of verdicts against a spreadsheet's: the ledger as exported, SUMIFS, LibreOffice."""

from __future__ import annotations

import shutil
import subprocess
from decimal import Decimal

import openpyxl
import pytest

from models.policies.cycles import Cycle
from models.policies.library import pack_named
from models.progress import Progress
from models.verdicts.judging import judge
from models.verdicts.periods import Period
from reports.inputs.lists import record_list
from reports.workbooks.table import write_table
from tests.offices import new_office
from tests.oracle.fixed import fixed_county
from tests.oracle.writing import write

OUTSIDE = (("项目类别", "<>新任教师培训"), ("项目类别", "<>新任校长任职资格培训"),
           ("培训形式", "<>岗前培训"))  # fmt: skip
CYCLE = (("培训年度", ">=2011"), ("培训年度", "<=2015"))
IN_2013 = (("培训年度", "2013"),)
SUMS = {
    ("jilin-city-2011", "in-service-360", None): CYCLE,
    ("jilin-city-2011", "ed-tech-75", None): (*CYCLE, ("项目类别", "教育技术能力培训")),
    ("jilin-city-2011", "head-teacher-30", None): (*CYCLE, ("项目类别", "班主任培训")),
    ("wenzhou-2012", "cycle-360", None): (*CYCLE, *OUTSIDE),
    ("wenzhou-2012", "school-based-120", None): (*CYCLE, *OUTSIDE, ("培训形式", "校本")),
    ("wenzhou-2012", "backbone-120", None): (*CYCLE, *OUTSIDE, ("培训形式", "集中")),
    ("wenzhou-2012", "long-course-90", None): (
        *CYCLE, *OUTSIDE, ("培训形式", "集中"), ("学时", ">=90"),
    ),
    ("wenzhou-2012", "year-48", 2013): (*IN_2013, *OUTSIDE),
    ("wenzhou-2012", "year-school-based-24", 2013): (*IN_2013, *OUTSIDE, ("培训形式", "校本")),
}  # fmt: skip
"""Pack, demand and year (None: the whole cycle) to the conditions of the spreadsheet."""
COUNTED = {"long-course-90"}
SHEET = "核对"


@pytest.fixture
def office(tmp_path):
    office = new_office(tmp_path)
    write(office, fixed_county((2011, 2015), people=80))
    yield office
    office.store.close()


def soffice():
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not on this computer")
    return program


def add_sums(book, teachers):
    """A sheet with a line for each teacher and a formula for each of ``SUMS``."""
    records = book.worksheets[0]
    (top,) = (row for row in records.iter_rows(max_row=5) if "教师编号" in [c.value for c in row])
    letters = {cell.value: cell.column_letter for cell in top}
    first, last = top[0].row + 1, max(records.max_row, top[0].row + 1)

    def column(title):
        return f"'{records.title}'!${letters[title]}${first}:${letters[title]}${last}"

    sheet = book.create_sheet(SHEET)
    for place, teacher_no in enumerate(teachers, 1):
        sheet.cell(place, 1, teacher_no)
        for number, ((_, demand, _), conditions) in enumerate(SUMS.items(), 2):
            pairs = [f"{column('教师编号')},$A{place}"]
            pairs += [f'{column(title)},"{wanted}"' for title, wanted in conditions]
            sums = [column("学时")] if demand not in COUNTED else []
            name = "COUNTIFS" if demand in COUNTED else "SUMIFS"
            sheet.cell(place, number, f"={name}({','.join([*sums, *pairs])})")


def recalculated(path, tmp_path):
    """The book with the values LibreOffice works out."""
    profile, out = (tmp_path / "profile").as_uri(), tmp_path / "out"
    subprocess.run(
        [soffice(), f"-env:UserInstallation={profile}", "--headless", "--convert-to", "xlsx",
         "--outdir", str(out), str(path)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    return openpyxl.load_workbook(out / path.name, data_only=True)


def judged(office, pack_id, year, **changes):
    pack = pack_named(office, pack_id).model_copy(update=changes)
    period = Period(2011, 2015) if year is None else Period(year, year, Cycle(2011, 2015))
    return {row.teacher_no: row for row in judge(office, period, pack).rows()}


def compared(rows, boards):
    """How many figures were compared for each of ``SUMS``, and those that differ."""
    compared = dict.fromkeys(SUMS, 0)
    differences = []
    for teacher_no, *values in rows:
        for (pack, demand, year), value in zip(SUMS, values, strict=True):
            row = boards[pack, year].get(teacher_no)  # None: not at work yet in that year
            results = [one for one in row.results if one.id == demand] if row else []
            if not results or not results[0].applies:
                continue
            result = results[0]
            compared[pack, demand, year] += result.achieved > 0
            if result.achieved != round(Decimal(str(value)), 2):
                differences.append((teacher_no, pack, demand, result.achieved, value))
    return compared, differences


def test_sumifs_in_libreoffice_come_to_the_same_hours(office, tmp_path):
    soffice()
    exported = tmp_path / "records.xlsx"
    write_table(exported, record_list(office), Progress(), overwrite=True)
    boards = {(pack, year): judged(office, pack, year) for pack, _, year in SUMS}
    book = openpyxl.load_workbook(exported)
    add_sums(book, sorted(boards["wenzhou-2012", None]))
    book.save(exported)
    rows = list(recalculated(exported, tmp_path)[SHEET].iter_rows(values_only=True))
    many, differences = compared(rows, boards)
    assert differences == []
    assert min(many.values()) > 5, many
    # and a board that is wrong is seen
    wrong = {(pack, year): judged(office, pack, year, exclusions=()) for pack, _, year in SUMS}
    _, differences = compared(rows, wrong)
    assert {demand for _, _, demand, _, _ in differences} >= {"cycle-360", "year-48"}
