"""What a programme is run with on paper: survey forms, agreements, the list of its pairs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.certificates.kinds import kind_named
from models.certificates.pair_agreements import KIND, agreed_pairs, agreements_of
from models.certificates.seals import kept_texts
from models.entities.describe import columns
from models.errors import UserError
from models.mentoring.kinds import survey_named
from models.mentoring.pairs import PairRow, pair_rows
from models.mentoring.programmes import programme
from models.mentoring.records import SurveyLine
from models.mentoring.surveys import asked_schools
from models.text.quotes import quoted
from reports.documents.pair_surveys import PairSurveys, SurveyForm
from reports.inputs.certificate_forms import form_named
from reports.inputs.certificates import copies_of
from reports.inputs.pair_stages import named
from reports.workbooks.book import ColumnKind, SheetColumn
from reports.workbooks.table import TableSheet

if TYPE_CHECKING:
    from models.office.context import Office
    from reports.kit.copies import Copy
    from reports.kit.forms import Form

NOTE = "请如实填写，经学校负责人签字、盖章后按时报送；电子表同时报送，栏目与本表一致。"
PAIRS = (
    SheetColumn("师傅编号", 8, ColumnKind.ID),
    SheetColumn("师傅", 7),
    SheetColumn("师傅单位", 16),
    SheetColumn("徒弟编号", 8, ColumnKind.ID),
    SheetColumn("徒弟", 7),
    SheetColumn("徒弟单位", 16),
    SheetColumn("学科", 6),
    SheetColumn("学段", 6),
    SheetColumn("起", 7, ColumnKind.DATE),
    SheetColumn("止", 7, ColumnKind.DATE),
    SheetColumn("协议编号", 12, ColumnKind.ID),
    SheetColumn("状态", 7),
    SheetColumn("活动次数", 5, ColumnKind.INTEGER),
    SheetColumn("结果", 6),
    SheetColumn("备注", 14),
)


@dataclass(frozen=True, slots=True)
class AgreementSets:
    """Agreements to be printed: the title of the file, the form, the copies in order."""

    title: str
    form: Form
    copies: Sequence[Copy]


@dataclass(frozen=True, slots=True)
class AgreementWish:
    """Which agreements are printed: of a school's pairs or of all, so many copies of each."""

    school_id: str = ""
    each: int = 3


def pair_surveys(
    office: Office, programme_id: str, survey: str = "", school_id: str = ""
) -> PairSurveys:
    """The survey forms of a programme, one of them or all, a sheet for each school asked.

    Raises:
        UserError: no such programme or form.
    """
    found = programme(office, programme_id)
    wanted = (survey_named(survey).id,) if survey else found.kind.surveys
    titles = columns(SurveyLine)
    forms = [
        SurveyForm(
            survey_named(one).name,
            tuple(
                school.school
                for school in asked_schools(office, programme_id, one)
                if school_id in ("", school.school_id)
            ),
            tuple(titles[name].title for name in survey_named(one).fields),
            NOTE,
        )
        for one in wanted
    ]
    return PairSurveys(found.name, office.identity.name, office.store.clock.now(), tuple(forms))


def agreement_sets(office: Office, programme_id: str, wish: AgreementWish) -> AgreementSets:
    """The agreements of a programme in sets: each as often as there are parties to it.

    Raises:
        UserError: no such programme; no agreement has a number yet.
    """
    found = programme(office, programme_id)
    pairs = named(agreed_pairs(office, programme_id), wish.school_id)
    issued = agreements_of(office, pairs)
    if not issued:
        raise UserError(
            "pair.no_agreement",
            f"{quoted(found.name)}还没有编号的协议。",
            "请先在“协议”一步给已备案的师徒编号，再打印。",
        )
    copies = copies_of(office, issued, codes=kept_texts(office, [one.id for one in issued]))
    sets = [copy for copy in copies for _ in range(max(1, wish.each))]
    form = form_named(office, kind_named(KIND).form)
    return AgreementSets(f"{found.name}师徒协议", form, sets)


def pair_sheet(office: Office, programme_id: str, school_id: str = "") -> TableSheet:
    """The pairs of a programme, of a school or all, as a list: also those that came to an end."""
    found = programme(office, programme_id)
    rows = [_row(one) for one in named(pair_rows(office, programme_id), school_id)]
    return TableSheet(
        "师徒名册", PAIRS, rows, office.identity.name, office.store.clock.now(),
        total=len(rows), heading=f"{found.name}师徒名册", frozen=2,
    )  # fmt: skip


def _row(one: PairRow) -> Sequence[str | int]:
    return (
        one.mentor_no, one.mentor, one.mentor_school, one.mentee_no, one.mentee,
        one.mentee_school, one.subject_name, one.stage_name, one.starts_on, one.ends_on,
        one.agreement_no, one.state_name, one.visits, one.result_name,
        one.state_reason or one.reason,
    )  # fmt: skip
