"""What is done at the county only: a school's file refuses it, whatever face it is asked through.

The county would hold what comes of it; but papers would be out by then, with numbers of a series
that is the county's.
"""

from __future__ import annotations

from models.errors import UserError

INSTITUTION = "office.institution"
"""The setting that tells which institution a school's file is of."""
ROOMS = ("booklets.", "certificates.", "exams.", "policies.", "printing.", "signing.", "stamping.")
"""Rooms whose every step is the county's."""
STEPS = frozenset(
    {
        "mentoring.decide_withdrawal",
        "mentoring.drop",
        "mentoring.end",
        "mentoring.honours",
        "mentoring.open",
        "mentoring.pair_schools",
        "mentoring.part_schools",
        "mentoring.propose",
        "mentoring.terms",
        "staff.close_institution",
        "staff.delete_institution",
        "teams.end",
        "teams.team",
        "titles.adopt",
        "titles.batch",
        "titles.batch_change",
        "titles.batch_close",
        "titles.check",
        "titles.decide",
        "titles.grant",
        "titles.grant_change",
        "titles.object",
        "titles.publish",
        "titles.quota",
        "titles.recheck",
        "titles.register",
        "titles.settle",
        "titles.unpublish",
        "titles.waive",
        "titles.withdraw",
        "training.admit",
        "training.approve",
        "training.claim_returned",
        "training.claim_step",
        "training.return",
        "verdicts.decide",
        "verdicts.lift",
        "verdicts.settle",
        "verdicts.veto",
    }
)
"""Single steps of rooms in which a school works as well."""


def refuse_the_countys(kind: str, title: str) -> None:
    """Refuse a step that is the county's.

    Raises:
        UserError: it is.
    """
    if kind in STEPS or kind.startswith(ROOMS):
        raise UserError(
            "sync.countys",
            f"这是学校的数据，“{title}”要由县里办理。",
            "请与县里联系；县里办好以后，结果随交换包带来。",
        )
