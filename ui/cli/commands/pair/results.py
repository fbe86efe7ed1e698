"""``pair result`` and ``pair rank``: who reached the goal, which units and pairs did best."""

from __future__ import annotations

from fractions import Fraction

import click

from models.mentoring.programmes import find
from models.mentoring.ranking import Ranking, rank
from models.mentoring.results import judge_results, record_results
from ui.cli.commands.pair.common import of_programme
from ui.cli.session import Session, TerminalProgress

_PERCENT = 100


@click.command("result")
@of_programme
@click.option("--keep", "kept", is_flag=True, help="记下结果；不写只看。")
@click.pass_obj
def result_command(session: Session, programme: str, *, kept: bool) -> None:
    """按规则包核算徒弟是否达成目标。"""
    with session.office(read_only=not kept) as office:
        found = judge_results(office, find(office, programme), TerminalProgress())
        if kept:
            record_results(office, found)
    reached = sum(1 for one in found if one.result == "reached")
    session.finish(
        {
            "ok": True,
            "reached": reached,
            "results": [
                {
                    "mentor": one.pair.mentor_no,
                    "mentee": one.pair.mentee_no,
                    "result": one.result,
                    "note": one.note,
                }
                for one in found
            ],
        },
        "\n".join(
            (
                f"{len(found)} 对，达成 {reached} 对。",
                *(f"{one.pair.mentee}：{one.note}" for one in found),
            )
        ),
    )


@click.command("rank")
@of_programme
@click.pass_obj
def rank_command(session: Session, programme: str) -> None:
    """按达成的比例给单位排名，并列出优秀师徒。"""
    with session.office(read_only=True) as office:
        found = rank(office, find(office, programme))
    session.finish(_as_json(found), "\n".join(_lines(found)) or "没有已备案的师徒。")


def _lines(found: Ranking) -> list[str]:
    """A ranking as people read it."""
    units = [
        f"{one.place or '—'}  {one.school}  {one.reached}/{one.pairs}  {_percent(one.ratio)}%"
        + (f"  {found.terms.unit_honour}" if one.honoured else "")
        for one in found.units
    ]
    best = [one for one in found.pairs if one.honoured]
    return [*units, *(f"{found.terms.pair_honour}：{one.pair.called}" for one in best)]


def _as_json(found: Ranking) -> dict[str, object]:
    """A ranking as other programs read it."""
    return {
        "judged": found.judged,
        "units": [
            {
                "place": one.place,
                "school": one.school,
                "pairs": one.pairs,
                "reached": one.reached,
                "ratio": _percent(one.ratio),
                "honoured": one.honoured,
            }
            for one in found.units
        ],
        "pairs": [
            {
                "place": one.place,
                "mentor": one.pair.mentor_no,
                "mentee": one.pair.mentee_no,
                "visits": one.pair.visits,
                "honoured": one.honoured,
            }
            for one in found.pairs
        ],
    }


def _percent(ratio: Fraction) -> float:
    return round(float(ratio * _PERCENT), 1)


COMMANDS = (result_command, rank_command)
