"""骨干与名师: public lists and notices, the register, coverage, registrations, files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from models.titles.grants import GrantFilter
from models.titles.kinds import title_rules
from models.titles.terms import STATE_NAMES
from reports.catalogue.entry import Draft, Entry, Make, Order, Tables, write
from reports.catalogue.letters import HEAD, TEXTS
from reports.catalogue.options import THIS_YEAR, Choice, Option, OptionKind, PaperInfo
from reports.catalogue.people import SCHOOL
from reports.documents import circular, roster, title_coverage, title_file
from reports.documents.circular import Circular
from reports.inputs.listings import listed
from reports.inputs.title_coverages import coverage_sheets
from reports.inputs.title_coverages import title_coverage as coverage_input
from reports.inputs.title_files import title_files
from reports.inputs.titles import (
    BatchPeople,
    check_sheets,
    draft_list,
    draft_notice,
    granted_people,
    listed_people,
    people_sheet,
    people_table,
    register_sheet,
    review_sheet,
)
from reports.kit.fonts import Role
from reports.kit.furniture import Built, Output
from reports.kit.official_pages import HeadMode
from reports.workbooks.table import TableSheet

GROUP = "骨干与名师"
BATCH = Option("batch", "批次", OptionKind.BATCH, required=True)
KIND = Option(
    "kind",
    "称号",
    OptionKind.CHOICE,
    choices=tuple(Choice(one.key, one.title) for one in title_rules().kinds),
    empty="全部称号",
)
LEVEL = Option(
    "level",
    "级别",
    OptionKind.CHOICE,
    choices=tuple(Choice(one.key, one.title) for one in title_rules().levels),
    empty="全部级别",
)
STATE = Option(
    "state",
    "状态",
    OptionKind.CHOICE,
    choices=tuple(Choice(key, name) for key, name in STATE_NAMES.items()),
    default="valid",
    empty="全部状态",
)
WHAT = Option(
    "what",
    "事项",
    OptionKind.CHOICE,
    default="registration",
    choices=(Choice("registration", "年度注册"), Choice("recheck", "复检")),
)
TEACHERS = Option("teachers", "教师", OptionKind.TEACHERS, empty="全部有效称号的教师")
SHOWN = Option("unmasked", "显示完整的身份证号、电话", OptionKind.FLAG)


def _batch(order: Order) -> str:
    return order.values.text("batch")


def _wanted(order: Order) -> GrantFilter:
    text = order.values.text
    return GrantFilter(
        kind=text("kind"), level=text("level"), state=text("state"), school_id=text("school")
    )


def _letter(
    order: Order,
    output: Output,
    found: BatchPeople,
    said: tuple[Mapping[str, str], str],
    signed_on: str = "",
) -> Built:
    values, office = order.values, order.office
    drafted, table = said
    texts = {key: values.text(key) or text for key, text in drafted.items()}
    letter = Circular(
        title=texts["title"],
        paragraphs=tuple(texts["text"].splitlines()),
        office=office.identity.name,
        printed_at=output.printed_at,
        organ=office.identity.name,
        head=HeadMode(values.text("head") or HeadMode.RED.value),
        number=values.text("number"),
        addressees=texts["to"],
        attachments=(people_table(found, table),),
        signer=values.text("signer") or office.identity.name,
        signed_on=signed_on or values.text("date"),
        sealed=values.flag("sealed"),
        copies_to=values.text("copies"),
        printed_by=values.text("printer"),
        printed_on=values.text("printed"),
    )
    return write(circular.build, letter, output)


def _list(order: Order, output: Output) -> Built:
    found = listed_people(order.office, _batch(order))
    said = (draft_list(order.office, _batch(order)), f"{found.batch.name}公示名单")
    one, day = found.batch, order.values.text("date")
    over = day > one.listed_until  # printed again afterwards: dated when it was put up
    return _letter(order, output, found, said, one.listed_from if over else day)


def _list_tables(order: Order) -> Sequence[TableSheet]:
    found = listed_people(order.office, _batch(order))
    return [people_sheet(order.office, found, f"{found.batch.name}公示名单")]


def _draft_list(order: Order) -> Mapping[str, str]:
    return draft_list(order.office, _batch(order))


def _notice(order: Order, output: Output) -> Built:
    found = granted_people(order.office, _batch(order))
    said = (draft_notice(order.office, _batch(order)), f"{found.batch.name}认定名单")
    return _letter(order, output, found, said)


def _notice_tables(order: Order) -> Sequence[TableSheet]:
    found = granted_people(order.office, _batch(order))
    return [people_sheet(order.office, found, f"{found.batch.name}认定名单")]


def _draft_notice(order: Order) -> Mapping[str, str]:
    return draft_notice(order.office, _batch(order))


def _check_tables(order: Order) -> Sequence[TableSheet]:
    return check_sheets(order.office, _batch(order))


def _check(order: Order, output: Output) -> Built:
    return write(roster.build, listed(_check_tables(order)[0], "项"), output)


def _register_tables(order: Order) -> Sequence[TableSheet]:
    return [register_sheet(order.office, _wanted(order))]


def _register(order: Order, output: Output) -> Built:
    return write(roster.build, listed(_register_tables(order)[0], "个称号"), output)


def _review_tables(order: Order) -> Sequence[TableSheet]:
    recheck = order.values.text("what") == "recheck"
    return [review_sheet(order.office, order.values.number("year"), recheck=recheck)]


def _reviews(order: Order, output: Output) -> Built:
    return write(roster.build, listed(_review_tables(order)[0]), output)


def _coverage(order: Order, output: Output) -> Built:
    return write(title_coverage.build, coverage_input(order.office), output)


def _coverage_tables(order: Order) -> Sequence[TableSheet]:
    return coverage_sheets(order.office)


def _files(order: Order, output: Output) -> Built:
    values = order.values
    found = title_files(
        order.office,
        values.several("teachers"),
        wanted=GrantFilter(
            kind=values.text("kind"), school_id=values.text("school"), state="valid"
        ),
        masked=not values.flag("unmasked"),
        progress=order.progress,
    )
    return write(title_file.build, found, output)


def _official(name: tuple[str, str, str], make: Make, tables: Tables, draft: Draft) -> Entry:
    """A letter about a batch in the official form, with its list."""
    return Entry(
        PaperInfo(*name, GROUP, (BATCH, HEAD, *TEXTS), tabled=True),
        make,
        tables,
        draft,
        roles=(Role.FANG, Role.BIAOSONG, Role.KAI, Role.HEI),
    )


ENTRIES = (
    _official(
        (
            "title-list",
            "称号公示",
            "一批称号拟认定人选的公示，公文格式：先自动拟稿，改好再印；附名单。",
        ),
        _list,
        _list_tables,
        _draft_list,
    ),
    _official(
        (
            "title-notice",
            "称号认定通知",
            "公布一批称号认定名单的通知，公文格式：先自动拟稿，改好再印；附名单。",
        ),
        _notice,
        _notice_tables,
        _draft_notice,
    ),
    Entry(
        PaperInfo(
            "title-check",
            "称号审核表",
            "一批推荐人选逐项条件的审核情况、破格理由；工作簿中另有公示异议。",
            GROUP,
            (BATCH,),
            tabled=True,
        ),
        _check,
        _check_tables,
    ),
    Entry(
        PaperInfo(
            "title-register",
            "骨干教师登记册",
            "谁有什么称号：批次、任期、证书编号、状态，终止的写明原因和后果。",
            GROUP,
            (KIND, LEVEL, STATE, SCHOOL),
            tabled=True,
        ),
        _register,
        _register_tables,
    ),
    Entry(
        PaperInfo(
            "title-reviews",
            "骨干教师年度注册表",
            "一年应注册的（或应复检的）称号，履职情况、建议和结论，供审核签字。",
            GROUP,
            (Option("year", "年度", OptionKind.YEAR, required=True, default=THIS_YEAR), WHAT),
            tabled=True,
        ),
        _reviews,
        _review_tables,
    ),
    Entry(
        PaperInfo(
            "title-coverage",
            "骨干教师覆盖情况",
            "学段、学科、级别的覆盖表，对照比例指标，空白处一眼看出。",
            GROUP,
            tabled=True,
        ),
        _coverage,
        _coverage_tables,
    ),
    Entry(
        PaperInfo(
            "title-file",
            "骨干教师业务档案",
            "有称号的教师每人一份：称号、推荐、注册、履职、学时。",
            GROUP,
            (TEACHERS, KIND, SCHOOL, SHOWN),
        ),
        _files,
    ),
)
