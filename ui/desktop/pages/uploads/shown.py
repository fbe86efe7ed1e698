"""Forms, files, rows and transfers as lists and cards show them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from models.uploads.drafting import UploadProblem
from models.uploads.forms import Form
from models.uploads.states import STATE_NAMES
from models.uploads.transfers import DIRECTION_NAMES, Transfer
from models.uploads.transfers import STATE_NAMES as TRANSFER_NAMES
from ui.desktop.widgets.detail_card import Details, Fact, Meter
from ui.desktop.widgets.table.source import TableColumn, TableRow

if TYPE_CHECKING:
    from models.uploads.sent import Sent, SentRow, Standing

STANDINGS = (
    TableColumn("title", "上报表", 13),
    TableColumn("receiver", "报给", 7, stretch=True),
    TableColumn("due", "期限", 4),
    TableColumn("state", "情况", 4),
    TableColumn("accepted", "已接收", 3, numeric=True),
    TableColumn("refused", "已退回", 3, numeric=True),
    TableColumn("waiting", "未见结果", 4, numeric=True),
    TableColumn("unknown", "结果不明", 4, numeric=True, listed=False),
    TableColumn("built", "最近生成", 6, listed=False),
)
FILES = (
    TableColumn("file", "文件", 18, stretch=True),
    TableColumn("year", "年度", 3, numeric=True),
    TableColumn("rows", "条数", 4, numeric=True),
    TableColumn("built", "生成", 6),
    TableColumn("sent", "送出", 6),
    TableColumn("accepted", "已接收", 5, numeric=True),
    TableColumn("refused", "已退回", 5, numeric=True),
    TableColumn("waiting", "未见结果", 5, numeric=True),
    TableColumn("state", "情况", 5),
)
ROWS = (
    TableColumn("place", "序号", 3, numeric=True),
    TableColumn("who", "内容", 16),
    TableColumn("state", "结果", 5),
    TableColumn("message", "上级的说明", 18, stretch=True),
    TableColumn("number", "上级编号", 8, listed=False),
    TableColumn("day", "登记日期", 6),
)
PROBLEMS = (
    TableColumn("who", "哪一条", 15),
    TableColumn("column", "栏目", 7),
    TableColumn("value", "现在", 7),
    TableColumn("message", "问题和办法", 22, stretch=True),
)
TRANSFERS = (
    TableColumn("name", "姓名", 5),
    TableColumn("direction", "方向", 4),
    TableColumn("from", "调出学校", 9),
    TableColumn("to", "调入学校", 9),
    TableColumn("receiver", "系统", 9),
    TableColumn("step", "办到", 9, stretch=True),
    TableColumn("filed", "登记", 6),
    TableColumn("state", "情况", 4),
)
TONES = {"waiting": "info", "accepted": "ok", "refused": "error", "unknown": "warn"}
TRANSFER_TONES = {"open": "info", "done": "ok", "refused": "error", "withdrawn": "muted"}
_DAY = 10


def standing_state(one: Standing) -> tuple[str, str]:
    """How a form stands in a word, and its tone."""
    if one.refused:
        return "有退回", "error"
    if one.overdue:
        return "已过期", "error"
    if not one.files:
        return "未生成", "muted"
    if one.unknown:
        return "结果不明", "warn"
    if not all(file.sent_on or not file.waiting for file in one.files):
        return "待送出", "warn"
    return ("等结果", "info") if one.waiting else ("已接收", "ok")


def standing_row(one: Standing) -> TableRow:
    """A form of a year as a line."""
    state, tone = standing_state(one)
    texts = {
        "title": one.title,
        "receiver": one.receiver,
        "due": one.due or "没有设",
        "state": state,
        **{name: _count(getattr(one, name)) for name in STATE_NAMES},
        "built": one.files[0].built_at[:_DAY] if one.files else "",
    }
    tones = {"state": tone} | ({} if one.due else {"due": "muted"})
    if one.refused:
        tones["refused"] = "error"
    return TableRow(one.name, texts, tones)


def standing_details(one: Standing, year: int) -> Details:
    """The card of a form in a year."""
    state, tone = standing_state(one)
    total = one.accepted + one.refused + one.waiting + one.unknown
    facts = [
        Fact("年度", f"{year} 年"),
        Fact("期限", one.due or "没有设，可在“上报表”中填写"),
        *(
            Fact(title, f"{getattr(one, name):,} 条")
            for name, title in STATE_NAMES.items()
            if getattr(one, name)
        ),
    ]
    meters = []
    if total:
        meters = [Meter("接收", f"{one.accepted:,} / {total:,} 条", one.accepted / total)]
    later = [Fact("", "生成过的文件")] if one.files else []
    later += [
        Fact(file.built_at[:_DAY], f"{file.file_name}，{file.rows:,} 条") for file in one.files[:8]
    ]
    return Details(
        one.title, one.receiver, state, tone, facts, measured="进度", meters=meters, later=later
    )


def file_state(one: Sent) -> tuple[str, str]:
    """How a file stands in a word, and its tone."""
    if one.refused:
        return "有退回", "error"
    if one.unknown:
        return "结果不明", "warn"
    if one.waiting:
        return ("等结果", "info") if one.sent_on else ("待送出", "warn")
    return "已接收", "ok"


def file_row(one: Sent) -> TableRow:
    """A file as a line."""
    state, tone = file_state(one)
    texts = {
        "file": one.file_name,
        "year": str(one.year),
        "rows": f"{one.rows:,}",
        "built": one.built_at[:_DAY],
        "sent": one.sent_on,
        **{name: _count(getattr(one, name)) for name in STATE_NAMES},
        "state": state,
    }
    tones = {"state": tone} | ({"refused": "error"} if one.refused else {})
    return TableRow(one.id, texts, tones)


def file_details(one: Sent, school: str) -> Details:
    """The card of a file."""
    state, tone = file_state(one)
    facts = [
        Fact("上报表", one.title),
        Fact("年度", f"{one.year} 年"),
        Fact("范围", "、".join(filter(None, [school, "只报新增和变动" if one.only_new else ""]))
             or "全部"),
        Fact("条数", f"{one.rows:,}"),
        Fact("第几份", f"{one.part} / {one.parts}" if one.parts > 1 else ""),
        Fact("生成", f"{one.built_at[:16].replace('T', ' ')}　{one.person}".strip()),
        Fact("送出", one.sent_on or "还没有登记"),
        *(
            Fact(title, f"{getattr(one, name):,} 条")
            for name, title in STATE_NAMES.items()
            if getattr(one, name)
        ),
        Fact("校验值", one.sha256[:16]),
    ]  # fmt: skip
    return Details(
        one.file_name, f"编号 {one.id[:8]}", state, tone, [fact for fact in facts if fact.value]
    )


def sent_row(one: SentRow) -> TableRow:
    """A row as it was sent, as a line."""
    texts = {
        "place": str(one.place),
        "who": one.caption,
        "state": STATE_NAMES[one.state],
        "message": one.message,
        "number": one.number,
        "day": one.returned_on,
    }
    return TableRow(one.id, texts, {"state": TONES[one.state]})


def sent_details(one: SentRow, form: Form, cells: Sequence[str]) -> Details:
    """The card of a row: what the receiver said, and every cell as it was sent."""
    said = [
        Fact("上级的说明", one.message),
        Fact("上级编号", one.number),
        Fact("登记日期", one.returned_on),
    ]
    sent = [
        Fact(column.title, text) for column, text in zip(form.columns, cells, strict=True) if text
    ]
    return Details(
        one.caption,
        f"第 {one.place} 条",
        STATE_NAMES[one.state],
        TONES[one.state],
        [fact for fact in said if fact.value],
        later=[Fact("", "当时报的内容"), *sent],
    )


def problem_row(place: int, one: UploadProblem) -> TableRow:
    """Why something cannot be sent, as a line."""
    texts = {"who": one.who, "column": one.column, "value": one.value, "message": one.message}
    return TableRow(str(place), texts, {"column": "error"})


def transfer_row(one: Transfer) -> TableRow:
    """A transfer as a line."""
    texts = {
        "name": one.name,
        "direction": DIRECTION_NAMES[one.direction],
        "from": one.from_school,
        "to": one.to_school,
        "receiver": one.receiver,
        "step": one.steps[-1].what if one.steps else "刚登记",
        "filed": one.filed_on,
        "state": TRANSFER_NAMES[one.state],
    }
    return TableRow(one.id, texts, {"state": TRANSFER_TONES[one.state]})


def transfer_details(one: Transfer) -> Details:
    """The card of a transfer with its sign-offs."""
    facts = [
        Fact("编号", one.teacher_no),
        Fact("系统", one.receiver),
        Fact("调出", one.from_school),
        Fact("调入", one.to_school),
        Fact("登记", one.filed_on),
        Fact("备注", one.note),
    ]
    later = [Fact("", "办理经过")] if one.steps else []
    later += [
        Fact(step.happened_on, "，".join(filter(None, (step.what, step.person, step.opinion))))
        for step in one.steps
    ]
    return Details(
        one.name,
        DIRECTION_NAMES[one.direction],
        TRANSFER_NAMES[one.state],
        TRANSFER_TONES[one.state],
        [fact for fact in facts if fact.value],
        later=later,
    )


def _count(number: int) -> str:
    return f"{number:,}" if number else ""
