"""Made-up mentors and mentees for tests and measurements of the matching."""

from __future__ import annotations

import random
from dataclasses import replace

from models.mentoring.costs import Mentee, Mentor, Rules, School
from models.mentoring.kinds import Rule, read_kinds

SUBJECTS = {"101": "语文", "102": "数学", "103": "英语", "115": "物理", "121": "音乐"}
STAGES = {"1": "幼儿园", "2": "小学", "3": "初中", "4": "高中"}


def rules(*hard: Rule, **weights: int) -> Rules:
    """The usual weights with other hard rules, and other weights where given."""
    usual = read_kinds().kinds[0].weights
    return Rules(usual.model_copy(update=weights), hard, SUBJECTS, STAGES)


def schools(count: int, seed: int = 1) -> list[School]:
    """Every third one in town; every fourth one nobody knows the place of."""
    chance = random.Random(seed)
    return [
        School(
            f"s{n}", f"学校{n}", f"片{n % 6}", "village" if n % 3 else "town",
            (42 + chance.random(), 126 + chance.random()) if n % 4 else None,
        )
        for n in range(count)
    ]  # fmt: skip


def people(
    mentees: int, mentors: int, seed: int = 1, schools_: int = 60, wishes: float = 0.1
) -> tuple[list[Mentor], list[Mentee]]:
    """So many of both, some with wishes for and against others."""
    chance = random.Random(seed)
    places = schools(schools_, seed)
    leading = [
        Mentor(
            f"a{n}", f"A{n:05d}", f"师傅{n}", chance.choice(places), (chance.choice([*SUBJECTS]),),
            chance.choice("234"), level=chance.randrange(4), title="市骨干教师",
            room=chance.choice((1, 2, 3, 8)),
        )
        for n in range(mentors)
    ]  # fmt: skip
    led = [
        Mentee(
            f"b{n}", f"B{n:05d}", f"徒弟{n}", chance.choice(places), (chance.choice([*SUBJECTS]),),
            chance.choice("234"),
        )
        for n in range(mentees)
    ]  # fmt: skip
    for n, one in enumerate(led):
        if leading and chance.random() < wishes:
            wanted, avoided = chance.choice(leading).id, chance.choice(leading).id
            led[n] = replace(one, wants=frozenset({wanted}), avoids=frozenset({avoided}))
    return leading, led
