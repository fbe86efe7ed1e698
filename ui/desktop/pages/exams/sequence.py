"""The seven steps of an exam: what each one's state is, and which one comes next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from models.exams.overview import Overview

TITLES = ("设置", "名单", "抽签", "考场", "成绩", "结果", "登记")
SETUP, FRAME, DRAW, ROOMS, MARKS, RESULTS, POSTING = range(7)
NUMERALS = "①②③④⑤⑥⑦"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the sequence.

    Attributes:
        title: its name.
        words: its state in a few words.
        done: whether nothing is left to do in it.
        open: whether it can be worked on now.
    """

    title: str
    words: str
    done: bool
    open: bool = True


def steps_of(now: Overview) -> tuple[Step, ...]:
    """The steps of an exam with these figures."""
    tellers: Sequence[Callable[[Overview], Step]] = (
        _setup, _frame, _draw, _rooms, _marks, _results, _posting,
    )  # fmt: skip
    return tuple(teller(now) for teller in tellers)


def next_step(now: Overview) -> int:
    """The place of the first step that is not done; the last one where all are."""
    steps = steps_of(now)
    return next((place for place, one in enumerate(steps) if not one.done), POSTING)


def what_next(now: Overview) -> str:
    """One sentence that says what is to be done now."""
    if all(one.done for one in steps_of(now)):
        return "全部办完。成绩更正后再登记一次即可。"
    place = next_step(now)
    if place == ROOMS and now.people:
        lacking = "登记考场，排座位" if not now.seated else "给没有座位的考生排座位"
        return f"下一步：{lacking}，印考务材料。"
    if place == DRAW and now.outdated:
        return "下一步：名单重新冻结过，用新名单重新抽签。"
    return {
        FRAME: "下一步：核对各组人数和不列入的人，冻结名单并公示名单指纹。",
        DRAW: "下一步：在会上公开产生种子，抽签。",
        ROOMS: "下一步：生成考生名单，再登记考场、排座位。",
        MARKS: "下一步：登记缺考和成绩。",
        RESULTS: "下一步：核对名次，印通报，公布成绩。",
        POSTING: "下一步：把成绩登记到课程和台账。",
    }[place]


def _setup(now: Overview) -> Step:
    return Step(TITLES[SETUP], "可修改" if now.pool is None else "已定", done=True)


def _frame(now: Overview) -> Step:
    words = "未冻结" if now.pool is None else f"{now.pool:,} 人"
    return Step(TITLES[FRAME], words, done=now.pool is not None)


def _draw(now: Overview) -> Step:
    if now.whole:
        return Step(TITLES[DRAW], "统考不抽签", done=now.pool is not None)
    if now.outdated:
        return Step(TITLES[DRAW], "须重新抽签", done=False)
    words = f"抽中 {now.drawn:,} 人" if now.draws else "未抽签"
    return Step(TITLES[DRAW], words, done=bool(now.draws), open=now.pool is not None)


def _rooms(now: Overview) -> Step:
    listed = now.pool is not None and (now.whole or bool(now.draws and not now.outdated))
    if not now.people:
        return Step(TITLES[ROOMS], "未生成考生", done=False, open=listed)
    words = f"已排 {now.seated:,}/{now.people:,}"
    return Step(TITLES[ROOMS], words, done=now.seated >= now.people)


def _marks(now: Overview) -> Step:
    entered = now.marked + now.missing
    words = f"已录 {entered:,}/{now.people:,}" if now.people else "未录"
    return Step(TITLES[MARKS], words, done=now.settled, open=bool(now.people))


def _results(now: Overview) -> Step:
    words = f"{now.published_on[5:]} 公布" if now.published_on else "未公布"
    return Step(TITLES[RESULTS], words, done=bool(now.published_on), open=bool(now.marked))


def _posting(now: Overview) -> Step:
    words = f"{now.posted_on[5:]} 登记" if now.posted_on else "未登记"
    return Step(TITLES[POSTING], words, done=bool(now.posted_on), open=bool(now.marked))
