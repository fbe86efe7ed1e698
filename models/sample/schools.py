"""The schools of the generated county: of every type, with 中心校 over 村小 and 教学点."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from math import cos, pi, sin

from models.sample.words import Words

_DIGITS = "零一二三四五六七八九"
_TOWN_EVERY = 250


@dataclass(frozen=True, slots=True)
class SampleSchool:
    """A school to be, with how many of the teachers it gets in proportion to the others.

    Attributes:
        name, short_name: full and short.
        type, location, stages: codes as stored (stages joined by 、).
        weight: its share of the teachers.
        parent: name of its 中心校.
        district: its 大学区.
        track: code of the training track.
    """

    name: str
    short_name: str
    type: str
    location: str
    stages: str
    weight: int
    parent: str | None = None
    district: str | None = None
    track: str = "1"


def numeral(number: int) -> str:
    """A number below 1,000 in Chinese: 1 一, 12 十二, 105 一百零五."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    text = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        text += "十" if tens == 1 and not hundreds else f"{_DIGITS[tens]}十"
    elif hundreds and ones:
        text += "零"
    return text + (_DIGITS[ones] if ones or not number else "")


def county_schools(
    county: str, teachers: int, words: Words, rng: random.Random
) -> list[SampleSchool]:
    """The schools for so many teachers; parents stand before their children."""
    towns = max(2, teachers // _TOWN_EVERY)
    names = [first + second for first in words.place_first for second in words.place_second]
    rng.shuffle(names)
    found = list(_city(county, max(1, teachers // 3000)))
    for place in range(towns):
        turn, which = divmod(place, len(names))
        town = names[which] + (numeral(turn + 1) if turn else "")
        found.extend(_town(county, town, words, rng))
    return found


def place_of(one: SampleSchool) -> dict[str, str]:
    """Longitude and latitude: the schools of a town near each other, the city in the middle."""
    near = random.Random(one.name)
    if one.location == "2":
        east, north = 126.74, 42.97
    else:
        town = random.Random(one.district)
        far, turn = town.uniform(0.15, 0.55), town.uniform(0, 2 * pi)
        east, north = 126.74 + 1.3 * far * cos(turn), 42.97 + far * sin(turn)
    spread = 0.02 if one.parent is None else 0.06
    east, north = (value + near.uniform(-spread, spread) for value in (east, north))
    return {"longitude": f"{east:.6f}", "latitude": f"{north:.6f}"}


def _city(county: str, scale: int) -> Iterator[SampleSchool]:
    yield SampleSchool(f"{county}教师进修学校", "进修学校", "16", "2", "7", 30)
    yield SampleSchool(f"{county}特殊教育学校", "特校", "15", "2", "6", 25)
    yield SampleSchool(
        f"{county}朝鲜族学校", "朝校", "08", "2", "2、3", 60, None, "城区第一大学区", "2"
    )
    yield SampleSchool(f"{county}职业教育中心", "职教中心", "12", "2", "5", 110, None, None, "2")
    for n in range(1, 3 * scale + 1):
        name = f"第{numeral(n)}高级中学"
        yield SampleSchool(f"{county}{name}", name, "09", "2", "4", 130, None, None, "2")
    for n in range(1, 5 * scale + 1):
        district = f"城区第{numeral((n - 1) % 3 + 1)}大学区"
        name = f"第{numeral(n)}中学"
        yield SampleSchool(f"{county}{name}", name, "07", "2", "3", 110, None, district, "2")
    for n in range(1, 6 * scale + 1):
        district = f"城区第{numeral((n - 1) % 3 + 1)}大学区"
        name = f"第{numeral(n)}实验小学"
        yield SampleSchool(f"{county}{name}", name, "03", "2", "2", 110, None, district, "2")
    for n in range(1, 3 * scale + 1):
        name = f"第{numeral(n)}实验幼儿园"
        yield SampleSchool(f"{county}{name}", name, "01", "2", "1", 35)


def _town(county: str, town: str, words: Words, rng: random.Random) -> Iterator[SampleSchool]:
    district = f"{town}大学区"
    centre = f"{county}{town}镇中心小学"
    middle = f"{county}{town}镇中学"
    yield SampleSchool(centre, f"{town}中心校", "04", "3", "1、2", 60, None, district)
    yield SampleSchool(middle, f"{town}中学", "07", "3", "3", 50, None, district)
    nursery = f"{centre}附设幼儿园"
    yield SampleSchool(nursery, f"{town}附幼", "02", "3", "1", 8, centre, district)
    for n, village in enumerate(rng.sample(words.villages, 3)):
        kind, suffix, location, weight = (
            ("05", "小学", "5", 8) if n < 2 else ("06", "教学点", "6", 2)
        )
        name = f"{county}{town}镇{village}{suffix}"
        yield SampleSchool(name, f"{town}{village}", kind, location, "2", weight, centre, district)
