"""How the booklet of the office is bound: which pages take register lines, which yearly ones."""

from __future__ import annotations

import re
from dataclasses import dataclass

from models.certificates.kinds import booklet_kind
from models.errors import UserError
from models.office.context import Office
from models.office.settings import read_setting, write_settings

REGISTER_SETTING = "booklet.register"
YEARLY_SETTING = "booklet.yearly"
_WRITTEN = re.compile(r"(\d{1,3})-(\d{1,3})[x×](\d{1,2})")
_NONE = "-"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A page of a booklet and a line on it, both counted from 1."""

    page: int
    line: int

    @property
    def text(self) -> str:
        """In words."""
        return f"第 {self.page} 页第 {self.line} 行"


@dataclass(frozen=True, slots=True)
class Section:
    """Pages of a booklet that are ruled alike.

    Attributes:
        first, last: its pages, by the numbers printed on them.
        lines: how many lines each of them has.
    """

    first: int
    last: int
    lines: int

    @property
    def start(self) -> Place:
        """Its first line."""
        return Place(self.first, 1)

    @property
    def text(self) -> str:
        """``4-20x12``: pages 4 to 20 of 12 lines each."""
        return f"{self.first}-{self.last}x{self.lines}"

    def holds(self, place: Place) -> bool:
        """Whether there is such a line in it."""
        return self.first <= place.page <= self.last and 1 <= place.line <= self.lines

    def after(self, place: Place) -> Place:
        """The next line; beyond its last page where it is full."""
        if place.line < self.lines:
            return Place(place.page, place.line + 1)
        return Place(place.page + 1, 1)

    def run(self, start: Place, count: int) -> list[Place] | None:
        """So many lines from ``start`` on; None where they do not fit."""
        found: list[Place] = []
        while len(found) < count and self.holds(start):
            found.append(start)
            start = self.after(start)
        return found if len(found) == count else None


@dataclass(frozen=True, slots=True)
class Layout:
    """A booklet.

    Attributes:
        register: the pages for single trainings.
        yearly: the pages for yearly sums; None where they stand among the register lines.
    """

    register: Section
    yearly: Section | None

    def section_of(self, place: Place) -> Section:
        """The section that has the place.

        Raises:
            UserError: there is no such line.
        """
        for section in (self.register, self.yearly):
            if section and section.holds(place):
                return section
        raise UserError(
            "booklet.no_place",
            f"登记册没有{place.text}。",
            f"登记页为 {self.register.text}（页-页x行数）；请核对页码和行号。",
        )


def usual_layout() -> Layout:
    """A booklet as many counties buy it; an office whose booklet differs sets its own."""
    kind = booklet_kind()
    yearly = read_section(kind.yearly_pages) if kind.yearly_pages else None
    return Layout(read_section(kind.register_pages), yearly)


def layout_of(office: Office) -> Layout:
    """The office's booklet, else the usual one."""
    register = read_setting(office.store, REGISTER_SETTING)
    yearly = read_setting(office.store, YEARLY_SETTING)
    usual = usual_layout()
    return Layout(
        read_section(register) if register else usual.register,
        None if yearly == _NONE else read_section(yearly) if yearly else usual.yearly,
    )


def save_layout(office: Office, layout: Layout) -> None:
    """Keep how the office's booklet is bound.

    Raises:
        UserError: its sections overlap.
    """
    one, other = layout.register, layout.yearly
    if other and one.first <= other.last and other.first <= one.last:
        raise UserError(
            "booklet.overlap", f"登记页 {one.text} 和年度页 {other.text} 重叠。", "请核对页码。"
        )
    write_settings(
        office.store,
        {REGISTER_SETTING: one.text, YEARLY_SETTING: other.text if other else _NONE},
    )


def read_section(text: str) -> Section:
    """The pages a person wrote as ``4-20x12``.

    Raises:
        UserError: it is not written so, or has no page or line.
    """
    found = _WRITTEN.fullmatch(text.strip())
    numbers = [int(part) for part in found.groups()] if found else [0, 0, 0]
    section = Section(*numbers)
    if section.first < 1 or section.last < section.first or section.lines < 1:
        raise UserError(
            "booklet.layout",
            f"页码“{text}”写得不对。",
            "请写成“起页-止页x每页行数”，如 4-20x12。",
        )
    return section
