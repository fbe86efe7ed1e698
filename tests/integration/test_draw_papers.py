"""The papers of a draw: the posted list, the record with its check, the reserves called up."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace as changed
from pathlib import Path

import pytest

from models.errors import UserError
from models.exams.bases import BaseRule, bases
from models.exams.drawing import draw, latest_draw
from models.exams.exclusions import ExclusionWish, exclude
from models.exams.freezing import find_frame, freeze
from models.exams.records import Exam, ExamTerms, Session
from models.exams.registration import create
from models.exams.replacing import replace
from models.office.context import Office
from models.progress import Progress
from reports.documents import draw_record, exam_frame, exam_reserves
from reports.inputs.draws import draw_record as record_input
from reports.inputs.draws import frame_sheet, refuse_unprintable, reserves_sheet
from tests.offices import new_office
from tests.papers import check_print, own_fonts, pypdf_text, squeezed
from tests.people import school, teachers

SEED = "红球3号 'A' 蓝球7号 $HOME 黄球9号"
SCHOOL = "桦甸市第四中学"
TERMS = ExamTerms(code="2025-12", name="2025年下半年县级抽测", year=2025)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = new_office(tmp_path)
    teachers(office, school(office, SCHOOL), 25)
    teachers(office, school(office, "红石村小"), 2)
    yield office
    office.store.close()


@pytest.fixture
def exam(office: Office) -> Exam:
    exam, _ = create(office, TERMS)
    someone = office.store.value("SELECT id FROM teacher ORDER BY teacher_no LIMIT 1")
    exclude(office, exam, ExclusionWish(someone, "产假", "王主任"))
    freeze(office, exam)
    return exam


def test_the_posted_list_has_fingerprint_quotas_everybody_and_lines_to_sign(
    office: Office, exam: Exam, tmp_path: Path
):
    found = frame_sheet(office, exam, reasons=True)
    built = exam_frame.build(found, tmp_path / "f.pdf", own_fonts(), Progress())
    text = squeezed(built.path)
    frame = find_frame(office, exam.id)
    assert frame is not None
    assert check_print(built.path, edge=3) == built.pages
    assert frame.sha256 in text
    assert "种子" not in dict(found.facts)
    for line in frame.body.splitlines():
        assert line.split("\t")[0] in text
    for words in ("桦甸市第四中学242", "合计263", "产假王主任", "机会均等", *found.witnesses):
        assert words in text


def test_names_and_reasons_may_stay_off_what_is_posted(office: Office, exam: Exam, tmp_path: Path):
    found = frame_sheet(office, exam, names=False)
    text = squeezed(exam_frame.build(found, tmp_path / "f.pdf", own_fonts(), Progress()).path)
    assert "产假" not in text
    assert str(office.store.value("SELECT teacher_no FROM teacher LIMIT 1")) not in text
    assert "合计263" in text


def test_the_list_of_an_exam_for_all_speaks_of_no_draw(office: Office, tmp_path: Path):
    exam, _ = create(office, changed(TERMS, session=Session(kind="whole")))
    freeze(office, exam)
    found = frame_sheet(office, exam)
    assert found.title == "2025年下半年县级抽测名单公示"
    assert dict(found.facts)["抽取办法"] == "全部参加"
    assert found.strata == ((SCHOOL, 25, 25), ("红石村小", 2, 2))


def test_the_record_is_that_of_its_own_frame_even_when_a_new_one_was_frozen(
    office: Office, exam: Exam
):
    draw(office, exam, SEED)
    drawn_from = find_frame(office, exam.id)
    teachers(office, None, 3)
    freeze(office, exam, again_because="漏了三人")
    assert drawn_from is not None
    found = record_input(office, exam)
    assert (found.frame_hash, found.eligible) == (drawn_from.sha256, 26)


def test_the_record_has_strata_results_reserves_exclusions_and_who_signs(
    office: Office, exam: Exam, tmp_path: Path
):
    draw(office, exam, SEED)
    draw(office, exam, SEED[::-1], again_because="见证人缺席")
    found = record_input(office, exam, reserves=2)
    built = draw_record.build(found, tmp_path / "r.pdf", own_fonts(), Progress())
    text = squeezed(built.path)
    assert check_print(built.path, edge=3) == built.pages
    strata = latest_draw(office, exam).record["strata"]
    for one in strata:
        for number in (*one["selected"], *one["reserves"][:2]):
            assert number in text
        for number in one["reserves"][2:]:
            assert number not in text
    for words in (
        "见证人缺席", squeezed_text(SEED), "产假王主任", "机会均等", "四舍五入，不足一人的抽一人",
        "sha256sum抽签名单.txt", *found.witnesses,
    ):  # fmt: skip
        assert words in text
    assert next(page for page in pypdf_text(built.path) if "主持人" in page).count("监督人") == 1


def squeezed_text(text: str) -> str:
    return "".join(text.split())


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="no sha256sum on this computer")
def test_the_printed_command_gives_the_printed_ticket_whatever_the_seed_holds(
    office: Office, exam: Exam
):
    draw(office, exam, SEED)
    _, file_line, _, *command, told = record_input(office, exam).commands
    done = subprocess.run(["sh", "-c", "\n".join(command)], capture_output=True, check=True)
    ticket = done.stdout.decode().split()[0]
    assert told.endswith(ticket)
    record = latest_draw(office, exam).record
    number = record["strata"][0]["selected"][0]
    lines = "\n".join((SEED, exam.code, record["frame_sha256"], number))
    assert hashlib.sha256(lines.encode()).hexdigest() == ticket
    assert file_line == "sha256sum 抽签名单.txt"


def test_strata_of_subjects_are_listed_with_the_schools_of_their_people(
    office: Office, tmp_path: Path
):
    exam, _ = create(office, changed(TERMS, code="b", strata=("subject",)))
    freeze(office, exam)
    draw(office, exam, SEED)
    found = record_input(office, exam)
    assert {one.stratum for one in found.people} == {"数学"}
    assert {one.school for one in found.people} <= {SCHOOL, "红石村小"}
    text = squeezed(draw_record.build(found, tmp_path / "r.pdf", own_fonts(), Progress()).path)
    assert "序号姓名教师编号学校任教学科结果" in text


def test_a_draw_by_number_says_so(office: Office):
    exam, _ = create(office, changed(TERMS, code="b", quota=2))
    freeze(office, exam)
    draw(office, exam, SEED)
    found = record_input(office, exam)
    assert (found.rate, found.rounding) == ("每组 2 人，不足的全部抽中", "")


def test_who_was_called_up_stands_on_a_sheet_of_its_own(office: Office, exam: Exam, tmp_path: Path):
    draw(office, exam, SEED)
    before = record_input(office, exam)
    empty = reserves_sheet(office, exam)
    nobody = exam_reserves.build(empty, tmp_path / "none.pdf", own_fonts(), Progress())
    assert "没有人被替换" in squeezed(nobody.path)
    first = next(
        one for one in latest_draw(office, exam).record["strata"] if one["stratum"] == SCHOOL
    )
    replace(office, exam, first["selected"][0], "外出学习")
    sheet = reserves_sheet(office, exam)
    built = exam_reserves.build(sheet, tmp_path / "s.pdf", own_fonts(), Progress())
    text = squeezed(built.path)
    assert check_print(built.path, edge=3) == built.pages
    (one,) = sheet.called
    assert (one.left_no, one.came_no) == (first["selected"][0], first["reserves"][0])
    for words in (one.left_no, "外出学习", "第1名", one.came_no, latest_draw(office, exam).seed):
        assert squeezed_text(words) in text
    assert record_input(office, exam) == before


def test_papers_of_a_draw_that_was_not_made_are_refused(office: Office, exam: Exam):
    for asked in (record_input, reserves_sheet):
        with pytest.raises(UserError, match=r"exam\.not_drawn"):
            asked(office, exam)


NOBODY_HAS = "红球3号\U000f0000蓝球7号黄球9号\ufe01"


def test_a_seed_the_record_could_not_show_is_refused_before_the_draw():
    with pytest.raises(UserError, match=r"exam\.seed_glyphs") as refused:
        refuse_unprintable(NOBODY_HAS, own_fonts())
    assert "U+F0000" in refused.value.sentence
    assert "U+FE01" in refused.value.sentence
    refuse_unprintable(SEED, own_fonts())


def test_the_record_of_a_seed_no_font_has_shows_the_codes(
    office: Office, exam: Exam, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("models.exams.drawing.check_seed", str)
    draw(office, exam, NOBODY_HAS)
    draw(office, exam, NOBODY_HAS[::-1], again_because="见证人缺席")
    found = record_input(office, exam)
    text = squeezed(draw_record.build(found, tmp_path / "r.pdf", own_fonts(), Progress()).path)
    assert "U+FE01号9球黄号7球蓝U+F0000号3球红" in text
    assert "第1次种子红球3号U+F0000蓝球7号黄球9号U+FE01" in text
    assert "SEED=''$'\\U0000FE01''号9球黄号7球蓝'$'\\U000F0000''号3球红'" in text
    sheet = reserves_sheet(office, exam)
    text = squeezed(exam_reserves.build(sheet, tmp_path / "s.pdf", own_fonts(), Progress()).path)
    assert "U+FE01号9球黄号7球蓝U+F0000号3球红" in text


def test_the_record_keeps_the_rule_of_the_day_it_was_drawn(
    office: Office, exam: Exam, monkeypatch: pytest.MonkeyPatch
):
    drawn, _ = draw(office, exam, SEED)
    newer = changed(bases(), rules={exam.scope.base: changed(rule_of(exam), rule="改过的规则")})
    monkeypatch.setattr("reports.inputs.draws.bases", lambda: newer)
    found = record_input(office, exam)
    assert found.base == f"{drawn.record['base_name']}：{drawn.record['base_rule']}"


def rule_of(exam: Exam) -> BaseRule:
    return bases().rules[exam.scope.base]
