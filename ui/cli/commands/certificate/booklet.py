"""``certificate booklet …``: going on in teachers' own booklets (续打)."""

from __future__ import annotations

from dataclasses import asdict
from functools import partial
from pathlib import Path

import click

from models.certificates import booklet_marks
from models.certificates.booklet_layout import (
    Layout,
    Place,
    layout_of,
    read_section,
    save_layout,
)
from models.certificates.booklet_plans import BookletPlan, plan_year
from models.certificates.booklets import (
    OUTCOME_NAMES,
    SOURCE_NAMES,
    BookletLine,
    lines_of,
    next_place,
    say_place,
)
from models.certificates.register import find
from models.certificates.replacing import start_next
from models.certificates.sheets import find_run
from models.errors import UserError
from models.office.context import Office
from reports.inputs.certificate_forms import form_named
from reports.inputs.print_runs import refuse_unlike
from ui.cli.amounts import number as amount
from ui.cli.commands.certificate.print_jobs import How, Outcome, write_run
from ui.cli.commands.certificate.trays import with_tray
from ui.cli.named import school_named
from ui.cli.session import Session, TerminalProgress


@click.group("booklet")
def booklet_group() -> None:
    """继续教育证书续打：接着上次的页和行打印。"""


@booklet_group.command("layout")
@click.option("--register", default="", help="登记页，如 4-23x12（起页-止页x每页行数）。")
@click.option("--yearly", default="", help="年度页，如 24-27x5。")
@click.option("--no-yearly", is_flag=True, help="没有年度页，年度合计写在登记页上。")
@click.pass_obj
def layout_command(session: Session, register: str, yearly: str, no_yearly: bool) -> None:  # noqa: FBT001
    """查看或改写本单位登记册的页码和行数。"""
    with session.office() as office:
        known = layout_of(office)
        if register or yearly or no_yearly:
            other = read_section(yearly) if yearly else known.yearly
            known = Layout(
                read_section(register) if register else known.register,
                None if no_yearly else other,
            )
            refuse_unlike(known, partial(form_named, office))
            save_layout(office, known)
    sums = known.yearly.text if known.yearly else ""
    session.finish(
        {"register": known.register.text, "yearly": sums or None},
        f"登记页 {known.register.text}，年度页 {sums or '无'}",
    )


@booklet_group.command("place")
@click.argument("number")
@click.option("--page", type=click.IntRange(min=1), help="从第几页续打。")
@click.option("--line", type=click.IntRange(min=1), help="从第几行续打。")
@click.option("--reason", default="", help="原因，如 此前为手写。")
@click.pass_obj
def place_command(
    session: Session, number: str, page: int | None, line: int | None, reason: str
) -> None:
    """查看一本证书打到哪里；或说明从哪一页哪一行续打。"""
    with session.office() as office:
        certificate, layout = find(office, number), layout_of(office)
        if page is not None and line is not None:
            say_place(office, certificate.id, Place(page, line), reason, layout)
        elif page is not None or line is not None:
            raise UserError("usage", "页和行要一起写。", "请同时写 --page 和 --line。")
        told = _told(office, certificate.id, layout)
        lines = lines_of(office, certificate_id=certificate.id)
    words = "，".join(
        f"{title}从第 {place['page']} 页第 {place['line']} 行续打" if place else f"{title}已满"
        for title, place in (("登记页", told["register"]), ("年度页", told["yearly"]))
    )
    session.finish(
        {"number": certificate.number, **told, "lines": [_line(one) for one in lines]},
        f"{certificate.holder_name}：{words}",
    )


@booklet_group.command("plan")
@click.option("--year", type=int, required=True, help="年度。")
@click.option("--school", multiple=True, help="只办这些学校现在的教师。")
@click.pass_obj
def plan_command(session: Session, year: int, school: tuple[str, ...]) -> None:
    """安排一年的续打：已验印、还没有进册的，各排到自己证书的下一行。"""
    with session.office() as office:
        layout = layout_of(office)
        refuse_unlike(layout, partial(form_named, office))
        schools = [school_named(office, one).id for one in school] or None
        plan = plan_year(office, year, layout, school_ids=schools, progress=TerminalProgress())
    session.finish(_plan(plan), _plan_words(plan))


@booklet_group.command("print")
@click.argument("run_id", metavar="RUN")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="写到这个 PDF。")
@click.option("--plan-only", is_flag=True, help="只写文件，打印后再用 mark 登记。")
@click.option("--sample", is_flag=True, help="连同表格印在白纸上看样，不登记。")
@with_tray
@click.pass_obj
def print_command(
    session: Session, run_id: str, out: Path, *, plan_only: bool, sample: bool, **source: str
) -> None:
    """打印一个续打批次：登记页一个文件，年度页一个文件，一页一本，按学校排列。"""
    outcome = Outcome()
    with session.office() as office:
        run = find_run(office, run_id)
        if not run.booklet:
            raise UserError(
                "booklet.no_run", f"“{run.title}”不是续打批次。", "请用 certificate print。"
            )
        how = How(
            out,
            mark=not (plan_only or sample),
            sample=sample,
            printer=source["printer"],
            tray=source["tray"],
        )
        write_run(session, office, run, how, outcome)
    session.finish(outcome.told(), outcome.words(marked=not (plan_only or sample)))


@booklet_group.command("again")
@click.argument("run_id", metavar="RUN")
@click.argument("place", type=click.IntRange(min=1), nargs=-1, required=True)
@click.option("--reason", required=True, help="重打的原因，如 打偏。")
@click.pass_obj
def again_command(session: Session, run_id: str, place: tuple[int, ...], reason: str) -> None:
    """打坏的页原样重打，不影响其他页。"""
    with session.office() as office:
        marked = booklet_marks.repeat(office, find_run(office, run_id).id, place, reason)
    session.finish(
        {"ok": True, "run": marked.run.id, "lines": marked.lines, "waiting": marked.run.waiting},
        f"{marked.lines} 行待重打。",
    )


@booklet_group.command("next")
@click.argument("number", nargs=-1, required=True)
@click.pass_obj
def next_command(session: Session, number: tuple[str, ...]) -> None:
    """续发新册：旧册已满，仍然有效；新册另给编号，接着打。"""
    with session.office() as office:
        old = [find(office, one).id for one in number]
        issued = start_next(office, old).certificates
    session.finish(
        {
            "ok": True,
            "booklets": [
                {"number": one.number, "continues": one.continues_number} for one in issued
            ],
        },
        "\n".join(f"{one.continues_number} 已满，续为 {one.number}。" for one in issued),
    )


COMMANDS: tuple[click.Command, ...] = (booklet_group,)


def _told(office: Office, certificate_id: str, layout: Layout) -> dict[str, dict[str, int] | None]:
    """Where each section goes on; None where it is full or there is none."""
    sections = {"register": layout.register, "yearly": layout.yearly}
    places = {
        name: next_place(office, [certificate_id], section)[certificate_id] if section else None
        for name, section in sections.items()
    }
    return {name: asdict(place) if place else None for name, place in places.items()}


def _line(one: BookletLine) -> dict[str, object]:
    return {
        "page": one.page,
        "line": one.line,
        "source": one.source,
        "year": one.year,
        "text": one.title or SOURCE_NAMES[one.source],
        "takes_back": one.takes_back,
        "hours": amount(one.hours),
        "outcome": one.outcome,
        "outcome_name": OUTCOME_NAMES[one.outcome],
        "again": one.again,
        "stamped": one.stamped,
    }


def _plan(plan: BookletPlan) -> dict[str, object]:
    return {
        "ok": True,
        "run": plan.run.id if plan.run else None,
        "people": plan.people,
        "lines": plan.lines,
        "pages": plan.run.sheets if plan.run else 0,
        "full": [asdict(one) for one in plan.full],
        "without": [asdict(one) for one in plan.without],
        "voided": [{"number": one.number, "name": one.name, **_line(one)} for one in plan.voided],
    }


def _plan_words(plan: BookletPlan) -> str:
    head = (
        f"{plan.run.id[:8]}  {plan.run.title}：{plan.people} 本 {plan.lines} 行"
        if plan.run
        else "没有新的内容要续打。"
    )
    told = (
        ("证书已满，请用 booklet next 续发新册", [one.name for one in plan.full]),
        ("没有继续教育证书", [one.name for one in plan.without]),
        ("验印已作废而证书上已打印", list(dict.fromkeys(one.name for one in plan.voided))),
    )
    lines = [f"{words}：{'、'.join(names)}" for words, names in told if names]
    return "\n".join([head, *lines])
