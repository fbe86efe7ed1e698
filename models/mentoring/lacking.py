"""Why nobody is left for a mentee, in words, and what can be done about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from models.mentoring.costs import (
    Mentee,
    Mentor,
    Rules,
    breaks_between_schools,
    breaks_stage,
    breaks_subject,
    obstacles,
)

_NAMED = 3
_Told = tuple[str, str]


class Lacking:
    """Says why; people alike in school, subjects and stage are looked at once."""

    def __init__(self, mentors: Sequence[Mentor], rules: Rules) -> None:
        """Take the mentors there are."""
        self._mentors = mentors
        self._rules = rules
        self._known: dict[object, _Told] = {}

    def of(self, mentee: Mentee) -> _Told:
        """Why nobody is left for a mentee, and what can be done."""
        key = (mentee.school, mentee.subjects, mentee.stage, mentee.avoids)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._told(mentee)
        return found

    def _told(self, mentee: Mentee) -> _Told:
        if not self._mentors:
            return "还没有可以带徒的师傅。", "请先登记师傅的意愿，或放宽对称号的要求。"
        left = list(self._mentors)
        for stays, why, hint in self._filters(mentee):
            fewer = [one for one in left if stays(one)]
            if not fewer:
                return why, hint
            left = fewer
        allowed = [one for one in left if not obstacles(one, mentee, self._rules)]
        if not allowed:
            return (
                "合适的师傅与本人互有不愿，或曾结对而没有通过、已经解除。",
                "请与双方商量后修改意愿，或由人指定一对并固定。",
            )
        return _all_full(allowed)

    def _filters(self, mentee: Mentee) -> list[tuple[Callable[[Mentor], bool], str, str]]:
        """What thins out the mentors, one rule after another."""
        rules = self._rules
        subject = rules.words(mentee.subjects) or "（未填学科）"
        stage = rules.stages.get(mentee.stage, "（未填学段）")
        return [
            (
                lambda one: bool(one.title) or "titled" not in rules.hard,
                "师傅中没有人有骨干称号。",
                "请核对称号是否到期或已取消。",
            ),
            (
                lambda one: not breaks_subject(one.subjects, mentee.subjects, rules),
                f"没有教{subject}的师傅。",
                "请增加这一学科的师傅，或由人指定一对并固定。",
            ),
            (
                lambda one: not breaks_stage(one.stage, mentee.stage, rules),
                f"没有{stage}的同学科师傅。",
                "请增加这一学段的师傅，或由人指定一对并固定。",
            ),
            (
                lambda one: not breaks_between_schools(one.school, mentee.school, rules),
                self._no_school(mentee),
                "请核对学校的城乡属性，增加师傅，或由人指定一对并固定。",
            ),
        ]

    def _no_school(self, mentee: Mentee) -> str:
        if "same_school" in self._rules.hard:
            return "本校没有同学科的师傅。"
        if "town_to_village" in self._rules.hard and mentee.school.side != "village":
            return f"{mentee.school.name or '所在学校'}不是乡村学校。"
        return "同学科的师傅都在不能结对的学校。"


def _all_full(mentors: Sequence[Mentor]) -> _Told:
    names = "、".join(one.name for one in mentors[:_NAMED])
    more = f"等 {len(mentors)} 人" if len(mentors) > _NAMED else ""
    places = sum(one.room for one in mentors)
    return (
        f"合适的师傅（{names}{more}）名额已满（共 {places} 个名额）。",
        "请增加师傅，或加大他们的名额。",
    )
