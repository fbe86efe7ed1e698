"""Which rows of the county's file a school has, and which of them it may change: as data.

Every journalled table of the program stands here exactly once: either it travels, and then the
entry says how a row comes to belong to a school, or it stays in its own file, and then the entry
says why. A row belongs to a school through one of its own columns, or through the row it hangs on;
a list shared by all schools belongs to every school. A row's owner comes before it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from models.training.claims import STEPS_SETTING
from models.training.courses import APPROVAL_SETTING
from models.training.entries import CLOSED_SETTING

TEACHER = "teacher"
SCHOOL = "institution"

GUEST_COLUMNS = (
    "teacher_no",
    "name",
    "sex",
    "school_id",
    "stage",
    "subject",
    "post",
    "title",
    "backbone",
    "name_pinyin",
    "name_initials",
)
"""What a school sees of another school's teacher whom one of its own rows names: a partner in a
pair. No identity number, no birthday, no telephone."""


class Writes(StrEnum):
    """Which of a table's rows a school may change; the county may change all of them."""

    SLICE = "slice"
    """Every row of its slice."""
    BORN = "born"
    """Rows that it made itself."""
    ITSELF = "itself"
    """The row of the school itself."""
    NOTHING = "nothing"
    """None: what the county decided is there to be read."""


@dataclass(frozen=True, slots=True)
class Owner:
    """A column that names the row this one belongs to; ``institution`` is the school itself."""

    column: str
    table: str


@dataclass(frozen=True, slots=True)
class Travels:
    """A table that is exchanged.

    Attributes:
        table: the table.
        owners: whose row it is; one that is the school's is enough. Without owners the table is a
            list that all schools share.
        writes: what a school may change.
        within: rows that must be of a school's making too where it adds to them.
    """

    table: str
    owners: tuple[Owner, ...] = ()
    writes: Writes = Writes.NOTHING
    within: tuple[Owner, ...] = ()

    @property
    def shared(self) -> bool:
        """Whether every school has the whole table."""
        return not self.owners


_TEACHER = (Owner("teacher_id", TEACHER),)
_SCHOOL = (Owner("school_id", SCHOOL),)
_ENROLMENT = (Owner("enrolment_id", "enrolment"),)
_COURSE = (Owner("course_id", "course"),)
_GRANT = (Owner("grant_id", "title_grant"),)
_PAIR = (Owner("pair_id", "pair"),)

TRAVELLING = (
    Travels("institution", writes=Writes.ITSELF),
    Travels("institution_alias"),
    Travels("code_entry"),
    Travels("own_pack"),
    Travels("policy_use"),
    Travels("course", writes=Writes.BORN),
    Travels("course_alias"),
    Travels("course_session", writes=Writes.BORN, within=_COURSE),
    Travels("course_component", writes=Writes.BORN, within=_COURSE),
    Travels("title_apart"),
    Travels("stamp_run"),
    Travels("title_batch"),
    Travels("team"),
    Travels("team_course"),
    Travels("team_activity"),
    Travels("programme"),
    Travels("teacher", _SCHOOL, Writes.SLICE),
    Travels("teacher_period", _TEACHER, Writes.SLICE),
    Travels("teacher_photo", _TEACHER, Writes.SLICE),
    Travels("glyph_image", _TEACHER, Writes.SLICE),
    Travels("staff_question", _TEACHER, Writes.SLICE),
    Travels("enrolment", _TEACHER, Writes.SLICE),
    Travels("attendance", _ENROLMENT, Writes.SLICE),
    Travels("gate_evidence", _ENROLMENT, Writes.SLICE),
    Travels("component_mark", _ENROLMENT, Writes.SLICE),
    Travels("ledger_entry", _TEACHER, Writes.SLICE),
    Travels("ledger_claim", _TEACHER, Writes.SLICE),
    Travels(
        "training_event",
        (Owner("subject_id", "enrolment"), Owner("subject_id", "ledger_claim")),
        Writes.SLICE,
    ),
    Travels("course_quota", _SCHOOL),
    Travels("exemption", _TEACHER, Writes.SLICE),
    Travels("veto", _TEACHER),
    Travels("reported_figure", (Owner("institution_id", SCHOOL),), Writes.SLICE),
    Travels("stamp_line", _TEACHER),
    Travels("title_quota", _SCHOOL),
    Travels("nomination", _TEACHER, Writes.SLICE),
    Travels("title_grant", _TEACHER),
    Travels("title_review", _GRANT),
    Travels("title_duty", _GRANT, Writes.SLICE),
    Travels("team_school", _SCHOOL),
    Travels("team_member", _TEACHER),
    Travels("activity_person", _TEACHER),
    Travels("survey_answer", _SCHOOL, Writes.SLICE),
    Travels("participant_wish", _TEACHER, Writes.SLICE),
    Travels("pair", (Owner("mentor_id", TEACHER), Owner("mentee_id", TEACHER))),
    Travels("pair_step", _PAIR),
    Travels("pair_visit", _PAIR, Writes.SLICE),
    Travels("school_pair", (Owner("town_id", SCHOOL), Owner("village_id", SCHOOL))),
    Travels("certificate", _TEACHER),
    Travels("certificate_event", (Owner("certificate_id", "certificate"),)),
)

_EXAMS = "考试由县里组织：名单、抽签、座位、卷面得分不出县"
_PAPERS = "打印和空白证书是本机的事"
_UPLOADS = "上报由县里办理"
_COLLECTING = "收表是县里与没有本程序的学校之间的事"
_ROSTER = "交换单位名册由签过名的声明传递，不随数据合并"

STAYING = {
    "setting": "每份数据自己的设置",
    "printer_tray": "本机打印机",
    "signing_key": "本单位的密钥",
    "signing_key_end": "本单位的密钥",
    "trainer_body": "培训专家的联系方式，学校不需要",
    "title_objection": "异议人和异议内容须保密",
    "team_plan": "进修学校内部的工作计划",
    "team_review": "对辅导教师的评价，县里掌握",
    "programme_meeting": "县里的会议记录",
    "withdrawal_proposal": "取消称号的建议在决定之前须保密",
    "exam": _EXAMS,
    "exam_frame": _EXAMS,
    "exam_draw": _EXAMS,
    "exam_pick": _EXAMS,
    "exam_part": _EXAMS,
    "exam_item": _EXAMS,
    "exam_exclusion": _EXAMS,
    "exam_room": _EXAMS,
    "examinee": _EXAMS,
    "exam_mark": _EXAMS,
    "exam_correction": _EXAMS,
    "exam_award": _EXAMS,
    "stock_entry": _PAPERS,
    "print_run": _PAPERS,
    "print_item": _PAPERS,
    "booklet_place": _PAPERS,
    "booklet_line": _PAPERS,
    "own_form": _PAPERS,
    "certificate_seal": _PAPERS,
    "import_batch": "本机的导入记录",
    "import_layout": "本机的表头对应",
    "upload_book": _UPLOADS,
    "upload_form": _UPLOADS,
    "upload": _UPLOADS,
    "upload_row": _UPLOADS,
    "upload_return": _UPLOADS,
    "given_number": _UPLOADS,
    "upload_transfer": _UPLOADS,
    "upload_transfer_step": _UPLOADS,
    "county_upload": _UPLOADS,
    "county_row": _UPLOADS,
    "collect_round": _COLLECTING,
    "collect_template": _COLLECTING,
    "collect_answer": _COLLECTING,
    "collect_question": _COLLECTING,
    "sync_site": _ROSTER,
    "sync_site_key": _ROSTER,
    "sync_site_end": _ROSTER,
}
"""Tables that never leave their file, and why."""

SETTINGS = (STEPS_SETTING, CLOSED_SETTING, APPROVAL_SETTING)
"""Rules of the county's that a school's program goes by as well; they come with every package."""

SLICES = {one.table: one for one in TRAVELLING}
"""The travelling tables by name."""
OWNERS = frozenset(owner.table for one in TRAVELLING for owner in one.owners) - {SCHOOL}
"""Tables other rows hang on: when such a row changes hands, what hangs on it goes along."""
