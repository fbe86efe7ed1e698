"""How the exchange stands, read for the page."""

from __future__ import annotations

from models.office.context import Office
from models.progress import Progress
from models.staff.institutions import institution_rows
from models.sync.board import Line, board
from models.sync.late import is_late, late_days
from models.sync.losses import has_recovery_code
from models.sync.partners import is_school
from models.sync.roster import Site, SiteState, sites
from models.sync.unwritten import unwritten
from ui.desktop.pages.sync.conflict_lines import conflict_lines
from ui.desktop.pages.sync.shown import (
    ENROLLED,
    NOT_ENROLLED,
    REVOKED,
    WAITING,
    Own,
    SchoolLine,
    Standing,
)

_ABOVE = frozenset({"省", "市", "县", "片"})
"""Levels of institutions that have no file of a school."""
_UNREGISTERED = "sync.not_enrolled"
NO_CODE = (
    "还没有打印恢复码。县里的电脑坏了，没有恢复码就要给每所学校重新注册："
    "请现在做恢复码，打印两份，分别封存。"
)
ROLLED_BACK = "该校的电脑退回到了以前的样子（还原卡或旧备份）；下一个包会带上全部数据。"
DIFFERS = "两边的数据不完全一样；已请对方下次写一个完整的包。"
GAP = "中间少了包；已请对方下次写一个完整的包。"


def read_standing(office: Office, progress: Progress) -> Standing:
    """Every school (in a school's file the county) with how it stands; what waits for a person."""
    progress.report(0, None, "读取交换情况")
    if is_school(office):
        return Standing(own=_own(office), conflicts=conflict_lines(office))
    lines = {one.site.institution_id: one for one in board(office)}
    ended = {one.institution_id for one in sites(office) if one.state is SiteState.ENDED}
    late = late_days(office)
    schools = [
        _school(row.id, row.shown["name"], lines.get(row.id), late)
        if row.id in lines
        else SchoolLine(row.id, row.shown["name"], REVOKED if row.id in ended else NOT_ENROLLED)
        for row in institution_rows(office)
        if row.shown["level"] not in _ABOVE
    ]
    trouble = NO_CODE if lines and not has_recovery_code(office) else ""
    return Standing(schools, None, conflict_lines(office), trouble)


def _school(school_id: str, name: str, one: Line | None, late: int) -> SchoolLine:
    assert one is not None
    active = one.site.state is SiteState.ACTIVE
    waiting = active and (one.sent is None or one.waiting)
    return SchoolLine(
        id=school_id,
        name=name,
        state=ENROLLED if active else WAITING,
        days=one.days,
        received=_numbered(one.read.number, one.read.read_at) if one.read else "",
        sent=_sent(one),
        missing=_missing(one),
        conflicts=one.conflicts,
        waiting=waiting,
        due=active and (one.due or waiting),
        late=is_late(one, late),
        warnings=_warnings(one),
    )


def _missing(one: Line) -> str:
    """Numbers of packages whose content is missing; a later package may have brought it."""
    if not one.missing or one.standing.want != "gap":
        return ""
    return "第 " + "、".join(map(str, one.missing)) + " 号"


def _sent(one: Line) -> str:
    if one.sent is None:
        return ""
    told = _numbered(one.sent.number, one.sent.written_at)
    return told if one.acknowledged >= one.sent.number else f"{told}，在路上"


def _numbered(number: int, at: str) -> str:
    return f"第 {number} 号 {at[:10]}" if number else f"注册文件 {at[:10]}"


def _warnings(one: Line) -> list[str]:
    standing = one.standing
    told = (
        (standing.rolled_back, ROLLED_BACK),
        (standing.differs or standing.want == "differs", DIFFERS),
        (standing.want == "gap", GAP),
    )
    return [sentence for holds, sentence in told if holds]


def _own(office: Office) -> Own:
    """How a school's file stands with the county; a file that never joined says so."""
    county = next((one for one in sites(office) if one.kind == "county"), None)
    if county is None:
        return Own(trouble="本机的数据不是用注册文件建立的，没有可以交换的县。请向县里要注册文件。")
    return _with_county(county, board(office)[0], unwritten(office))


def _with_county(county: Site, one: Line, waiting: int) -> Own:
    read = _numbered(one.read.number, one.read.read_at) if one.read else ""
    days = f"（{one.days:,} 天前）" if one.days else ""
    warnings = _warnings(one)
    return Own(
        county=county.name,
        read=f"{read}{days}" if read else "",
        written=_sent(one),
        trouble="".join(warnings),
        joined=True,
        waiting=waiting,
    )
