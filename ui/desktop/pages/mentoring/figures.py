"""How far a programme is in each of its steps, for the row of steps above them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from models.mentoring.keeping import unkept
from models.mentoring.meetings import due_meetings
from models.mentoring.pairs import pair_rows
from models.mentoring.programmes import Programme, programmes
from models.mentoring.surveys import asked_schools
from models.mentoring.wishes import participants
from models.office.context import Office
from models.progress import Progress
from ui.desktop.pages.mentoring.shown import ProgrammeChoice, StepFigure


def read_programmes(office: Office, _progress: Progress) -> list[ProgrammeChoice]:
    """All programmes, the latest first, each with its steps."""
    return [
        ProgrammeChoice(
            one.id,
            f"{one.name}（{one.code}{'，已结束' if one.ended_on else ''}）",
            bool(one.ended_on),
            {**_before(office, one), **_after(office, one)},
        )
        for one in programmes(office)
    ]


def _before(office: Office, found: Programme) -> Mapping[str, StepFigure]:
    """The steps up to the matching."""
    asked = [one for form in found.kind.surveys for one in asked_schools(office, found.id, form)]
    back = sum(one.answered for one in asked)
    parts = Counter(one.wish.part for one in participants(office, found.id))
    states = Counter(one.state for one in pair_rows(office, found.id))
    paired = sum(states[one] for one in ("proposed", "applied", "recommended", "filed", "ended"))
    return {
        "scheme": StepFigure(f"{found.starts_on[:7]} 起", done=True),
        "surveys": StepFigure(f"{back}/{len(asked)} 份", done=bool(asked) and back == len(asked)),
        "wishes": StepFigure(
            f"师 {parts['mentor']} 徒 {parts['mentee']}", done=len(parts) == len(("师", "徒"))
        ),
        "matching": StepFigure(f"{paired} 对", done=bool(paired) and paired >= parts["mentee"]),
    }


def _after(office: Office, found: Programme) -> Mapping[str, StepFigure]:
    """The steps from the approval on."""
    pairs = pair_rows(office, found.id)
    states = Counter(one.state for one in pairs)
    waiting = states["proposed"] + states["applied"] + states["recommended"]
    filed = [one for one in pairs if one.state in ("filed", "ended")]
    numbered = sum(1 for one in filed if one.agreement_no)
    visits = sum(one.visits for one in pairs)
    today = office.store.clock.today()
    due = [
        one
        for one in due_meetings(office, found)
        if (one.year, one.month or 0) < (today.year, today.month) or one.held
    ]
    held = sum(1 for one in due if one.held)
    short = len(unkept(office, found.id))
    judged = [one for one in filed if one.result]
    reached = sum(1 for one in judged if one.result == "reached")
    return {
        "approval": StepFigure(f"待办 {waiting}", done=bool(filed) and not waiting),
        "agreements": StepFigure(
            f"{numbered}/{len(filed)} 份", done=bool(filed) and numbered == len(filed)
        ),
        "visits": StepFigure(f"{visits} 次", done=bool(visits)),
        "stage": StepFigure(
            f"未履行 {short}" if short else f"会议 {held}/{len(due)}",
            done=bool(due) and held == len(due) and not short,
        ),
        "results": StepFigure(
            f"达成 {reached}/{len(filed)}", done=bool(filed) and len(judged) == len(filed)
        ),
    }
