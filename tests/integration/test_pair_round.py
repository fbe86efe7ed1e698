"""A whole three-year round on generated data, from surveys to honours; every paper of it."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from models.certificates.listing import CertificateFilter, certificate_ids
from models.certificates.pair_agreements import issue_agreements
from models.certificates.pair_honours import issue_pair_honours
from models.certificates.titled import withdraw_titles
from models.exchange.survey_sheets import take_surveys
from models.mentoring.changes import change_mentor, sign
from models.mentoring.keeping import unkept
from models.mentoring.meetings import Meeting, due_meetings, save_meeting
from models.mentoring.pairs import pair_rows
from models.mentoring.programmes import end_programme, enter_programme, programme
from models.mentoring.proposing import keep, propose
from models.mentoring.ranking import rank
from models.mentoring.results import judge_results, record_results
from models.mentoring.sanctions import decide_withdrawal, proposals_of, propose_withdrawal
from models.mentoring.steps import Said, take_step
from models.mentoring.surveys import asked_schools
from models.mentoring.visits import Visit, log_visits, post_visits, visit_rows
from models.mentoring.wishes import from_surveys
from models.office.context import Office
from models.policies.use import save_pack, use_pack
from models.progress import Progress
from models.sample.generation import generate_county
from models.store.undo import undo
from reports.catalogue import papers
from reports.inputs.mentoring_tables import write_survey_forms
from reports.kit.furniture import Output
from tests.offices import new_office, reopened
from tests.papers import check_print, own_fonts

pytestmark = pytest.mark.prints
BEGIN = "2023-09-01"
CODE = "2023-CX"
KINDS = ("observe", "review", "seminar", "demonstration")
PACK = """
id = "round"
title = "结对期满的要求"
region = "220282"
document = "示例"
valid_from = 2020-01-01
[[requirements]]
id = "hours"
title = "四年培训学时"
clause = "一"
window = "cycle"
least = 90
[[designations]]
id = "basic"
title = "基础型教师"
clause = "二"
needs = ["hours"]
"""
PAPERS = [info for info in papers.papers() if info.name.startswith("pair-")]


def filled_forms(office: Office, programme_id: str, folder: Path) -> list[Path]:
    """The schools' workbooks, filled in: titled town teachers offer, young village ones ask."""
    files = write_survey_forms(office, programme_id, folder, Progress())
    people = office.store.query(
        "SELECT t.teacher_no, t.name, t.subject, t.backbone, t.title IS NOT NULL AS ranked,"
        " i.name AS school FROM teacher AS t JOIN institution AS i ON i.id = t.school_id"
        " WHERE t.status = '01' AND t.stage IN ('2', '3') ORDER BY t.teacher_no"
    )
    subjects = office.codes["subject"]
    filled: list[Path] = []
    for file in files:
        book = openpyxl.load_workbook(file)
        for sheet in book.worksheets:
            heads = {cell.value: cell.column for cell in sheet[2]}
            school = sheet.cell(3, 1).value
            own = [row for row in people if row["school"] == school]
            if "人员与学科" in sheet.title:
                own = [row for row in own if row["backbone"] or "需求" in sheet.title][:8]
            if "村级" in sheet.title or "教师编号" not in heads or not own:
                sheet.cell(3, heads["备注"]).value = "无"
                continue
            for line, row in enumerate(own, start=3):
                sheet.cell(line, heads["教师编号"]).value = row["teacher_no"]
                sheet.cell(line, heads["姓名"]).value = row["name"]
                codes = (row["subject"] or "").split("、")
                sheet.cell(line, heads["学科"]).value = subjects.name_of(codes[0])
        book.save(file)
        filled.append(file)
    return filled


@pytest.fixture(scope="module")
def played(tmp_path_factory) -> Iterator[tuple[Office, str]]:
    """The round, played from autumn 2023 to summer 2026."""
    folder = tmp_path_factory.mktemp("round")
    chance = random.Random(7)
    office = new_office(folder, "2023-08-20")
    generate_county(office, 1500, 7)
    raw = {"kind": "town-village", "starts_on": BEGIN, "code": CODE}
    programme_id = enter_programme(office, None, raw).id
    taken = take_surveys(office, programme_id, filled_forms(office, programme_id, folder / "调查"))
    assert taken.refused == ()
    forms = programme(office, programme_id).kind.surveys
    assert all(one.answered for form in forms for one in asked_schools(office, programme_id, form))
    from_surveys(office, programme_id)
    keep(office, propose(office, programme_id))
    pairs = [one.id for one in pair_rows(office, programme_id)]
    assert len(pairs) >= 20
    office = reopened(office, "2023-09-10", 3)
    for step in ("applied", "recommended", "filed"):
        take_step(office, pairs, step, Said("同意", on="2023-09-01"))
    issue_agreements(office, programme_id)
    sign(office, pairs, "2023-09-10")
    office = play_years(office, programme_id, chance)
    yield office, programme_id
    office.store.close()


def play_years(office: Office, programme_id: str, chance: random.Random) -> Office:
    """Visits and meetings term after term, a change of mentor, results, sanction, honours."""
    for seed, day in enumerate(
        ("2023-12-20", "2024-06-20", "2024-12-20", "2025-06-20", "2025-12-20", "2026-06-20"), 4
    ):
        office = reopened(office, day, seed)
        for place, one in enumerate(pair_rows(office, programme_id, ["filed"])):
            for _ in range(0 if place % 9 == 0 else chance.randrange(2, 4)):
                month = chance.choice(range(9, 13) if day[5:7] == "12" else range(3, 6))
                on = max(f"{day[:4]}-{month:02d}-{chance.randrange(1, 20):02d}", one.starts_on)
                visit = Visit(on, chance.choice(KINDS), "课堂研究", evidence="记录本")
                log_visits(office, [one.id], visit)
        found = programme(office, programme_id)
        for due in due_meetings(office, found):
            on = f"{due.year}-{due.month or 9:02d}-05"
            if due.held is None and BEGIN <= on <= day:
                save_meeting(
                    office, programme_id, Meeting(due.kind.id, on, due.kind.name, "进修学校")
                )
        if day == "2024-12-20":
            another_mentor(office, programme_id)
    post_visits(office, programme_id)
    office = reopened(office, "2026-08-20", 20)
    save_pack(office, PACK)
    use_pack(office, "round", date(2026, 1, 1), date(2026, 12, 31))
    record_results(office, judge_results(office, programme_id))
    return office


def another_mentor(office: Office, programme_id: str) -> None:
    """One mentee goes to another mentor, who takes the steps anew."""
    crowd = propose(office, programme_id).crowd
    led = [one.mentor_id for one in pair_rows(office, programme_id, ["filed"])]
    for pair in pair_rows(office, programme_id, ["filed"]):
        for mentor in crowd.mentors:
            fits = pair.subject in mentor.subjects and mentor.id != pair.mentor_id
            if fits and led.count(mentor.id) < mentor.room:
                new, _ = change_mentor(office, pair.id, mentor.id, "原师傅工作调整")
                for step in ("applied", "recommended", "filed"):
                    take_step(office, [new], step)
                return
    pytest.fail("nobody can take over")


def test_the_round_has_everything_a_round_has(played):
    office, programme_id = played
    pairs = pair_rows(office, programme_id)
    states = {one.state for one in pairs}
    assert {"filed", "dissolved"} <= states
    assert all(one.agreement_no for one in pairs if not one.replaces)
    due = due_meetings(office, programme(office, programme_id))
    assert [one.kind.id for one in due if one.held is None] == ["exchange"]  # July is not over yet
    assert all(one.result for one in pairs if one.state == "filed")
    assert {"reached", "not_reached"} <= {one.result for one in pairs}
    assert all(one.posted_on for one in visit_rows(office, programme_id))


@pytest.mark.parametrize("info", PAPERS, ids=lambda info: info.name)
def test_every_paper_of_the_round_is_printed(played, info, tmp_path):
    office, _ = played
    given = {"programme": CODE}
    keys = {option.key for option in info.options}
    if "to" in keys:
        given |= {"from": "2026-01-01", "to": "2026-06-30"}
    output = Output(tmp_path / "paper.pdf", own_fonts(), office.store.clock.now(), Progress())
    built = papers.build(office, info.name, given, output)
    assert check_print(built.path, edge=3) == built.pages
    if info.tabled:
        book = tmp_path / "paper.xlsx"
        papers.write_workbook(office, info.name, given, book, Progress())
        assert openpyxl.load_workbook(book).worksheets[0].max_row > 1


def test_who_did_not_keep_the_agreement_loses_the_title_by_a_person(played):
    office, programme_id = played
    short = unkept(office, programme_id)
    assert short
    one = next(found for found in short if found.pair.state == "filed")
    propose_withdrawal(office, [one.pair.id], one.reason)
    (proposal,) = proposals_of(office, programme_id)
    assert proposal.mentor == one.pair.mentor
    kept = decide_withdrawal(office, proposal.id, "keep", "本学期已补足", withdraw_titles)
    assert proposals_of(office, programme_id)[0].decision == "keep"
    undo(office.store, kept.id)


def test_the_best_are_honoured_and_the_round_ends(played):
    office, programme_id = played
    ranking = rank(office, programme_id)
    assert ranking.units[0].place == 1
    issued = issue_pair_honours(office, programme_id)
    assert issued.certificates
    wanted = CertificateFilter(kind="honour", batch=CODE, state="valid")
    assert len(certificate_ids(office, wanted)) == len(issued.certificates)
    ended = end_programme(office, programme_id, "三年周期已满")
    assert {one.state for one in pair_rows(office, programme_id)} == {"ended", "dissolved"}
    undo(office.store, ended.id)
    undo(office.store, issued.operation.id)
