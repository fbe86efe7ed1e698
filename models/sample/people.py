"""The teachers of the generated county: names, numbers and standing that hang together."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from models.codes.tables import Code, CodeTable
from models.sample.schools import SampleSchool
from models.sample.words import Words
from models.text.id_numbers import check_digit

_WOMEN_PERCENT = {"1": 97, "2": 76, "3": 62, "4": 55, "5": 50, "6": 80, "7": 55}
_SUBJECTS = {
    "1": ("201",),
    "2": ("101", "101", "101", "102", "102", "102", "103", "118", "111", "121", "122", "124"),
    "3": ("101", "102", "103", "111", "113", "114", "115", "116", "117", "121", "122", "124"),
    "4": ("101", "102", "103", "112", "113", "114", "115", "116", "117", "124"),
    "5": ("101", "102", "103", "112", "124", "328", "328"),
    "6": ("401",),
    "7": ("504",),
}
_LEADERS = ("06", "07", "13", "15", "17", "03", "03", "04")
_NURSERY_LEADERS = ("08", "09", "26")
_STATES = (("01", 960), ("02", 6), ("03", 8), ("04", 12), ("07", 6), ("10", 8))


@dataclass(slots=True)
class Generator:
    """Draws one teacher after the other; no ID number comes twice."""

    words: Words
    rng: random.Random
    today: date
    regions: Sequence[Code]
    _used: set[str] = field(default_factory=set[str])

    def teachers(
        self, school: SampleSchool, school_id: str, count: int
    ) -> Iterator[dict[str, object]]:
        """The stored values of the teachers of one school."""
        stages = school.stages.split("、")
        leaders = _NURSERY_LEADERS if school.type in ("01", "02") else _LEADERS
        for place in range(count):
            stage = stages[min(place * len(stages) // max(count, 1), len(stages) - 1)]
            post = leaders[place] if place < min(len(leaders), count // 4) else "01"
            yield self._teacher(school, stage, post) | {"school_id": school_id}

    def _teacher(self, school: SampleSchool, stage: str, post: str) -> dict[str, object]:
        rng = self.rng
        sex = "2" if rng.randrange(100) < _WOMEN_PERCENT[stage] else "1"
        name, ethnicity, sex = self._name(sex, korean="朝鲜族" in school.name)
        born = self._born(post)
        started = born.year + rng.randint(21, 25)
        years = max(0, self.today.year - started)
        return {
            "name": name,
            "sex": sex,
            "id_type": "1",
            "id_number": self._id_number(born, sex),
            "birth_date": born.isoformat(),
            "ethnicity": ethnicity,
            "stage": stage,
            "subject": self._subject(stage),
            "post": post,
            "is_head": int(post == "01" and stage != "1" and rng.randrange(100) < 30),
            "title": self._title(years),
            "education": self._education(stage, born),
            "college": rng.choice(self.words.colleges),
            "work_start": f"{min(started, self.today.year)}-08",
            "years": years,
            "backbone": "41" if years > 8 and rng.randrange(100) < 8 else None,
            "special_post": int(
                years < 6 and school.location in ("4", "5", "6") and rng.random() < 0.4
            ),
            "status": self._state(),
            "track": school.track,
            "phone": f"1{rng.choice('3578')}{rng.randrange(10**9):09d}",
        }

    def _name(self, sex: str, *, korean: bool) -> tuple[str, str, str]:
        """A name with ethnicity and the sex that goes with it."""
        rng, words = self.rng, self.words
        chance = rng.randrange(1000)
        if chance == 0:
            dotted = rng.choice(words.dotted)
            return dotted.name, dotted.ethnicity, dotted.sex
        if korean and chance < 800:
            return rng.choice(words.korean_surnames) + rng.choice(words.korean_given), "10", sex
        surname = rng.choice(words.special_surnames if chance < 30 else words.surnames)
        pool = words.men if sex == "1" else words.women
        given = rng.choice(pool) if chance % 6 == 0 else rng.choice(pool) + rng.choice(pool)
        if 30 <= chance < 36:
            given = given[:-1] + rng.choice(words.rare)
        ethnicity = "11" if chance % 11 == 0 else "03" if chance % 97 == 0 else "01"
        return surname + given, ethnicity, sex

    def _born(self, post: str) -> date:
        youngest = 30 if post != "01" else 23
        age = self.rng.randint(youngest, 59)
        return date(self.today.year - age, 1, 1) + timedelta(days=self.rng.randrange(365))

    def _id_number(self, born: date, sex: str) -> str:
        """A well-formed number with a county code of the time of issue, never drawn before."""
        year = str(born.year)
        valid = [
            code.code
            for code in self.regions
            if (not code.since or code.since <= year) and (not code.until or year < code.until)
        ]
        while True:
            region = valid[0] if self.rng.randrange(10) else self.rng.choice(valid)
            sequence = self.rng.randrange(1, 500) * 2 - (sex == "1")
            stem = f"{region}{born:%Y%m%d}{sequence:03d}"
            if stem not in self._used:
                self._used.add(stem)
                return stem + check_digit(stem)

    def _subject(self, stage: str) -> str:
        choices = _SUBJECTS[stage]
        first = self.rng.choice(choices)
        second = self.rng.choice(choices)
        return f"{first}、{second}" if second != first and self.rng.randrange(100) < 6 else first

    def _title(self, years: int) -> str:
        steps = (("0", 1), ("5", 2), ("4", 8), ("3", 18), ("2", 60))
        rank = next(code for code, limit in steps if years <= limit)
        return "1" if rank == "2" and self.rng.randrange(100) < 2 else rank

    def _education(self, stage: str, born: date) -> str:
        chance = self.rng.randrange(100)
        if stage == "4":
            return "14" if chance < 20 else "20"
        if born.year < 1980:
            return "41" if chance < 8 else "30" if chance < 45 else "20"
        return "30" if stage in ("1", "2") and chance < 25 else "20"

    def _state(self) -> str:
        return self.rng.choices([code for code, _ in _STATES], [share for _, share in _STATES])[0]


def regions_for(table: CodeTable, region: str) -> list[Code]:
    """The county itself first, then its earlier codes and the other counties of its city."""
    own = table.get(region) or Code(region, region)
    name = own.name[:2]
    same_city = [
        code
        for code in table.entries
        if code.code[:4] == region[:4] and not code.code.endswith("00") and code.code != region
    ]
    same_city.sort(key=lambda code: not code.name.startswith(name))
    return [own, *same_city] if len(own.code) == 6 else [Code(region, region)]
