"""班级资料: all papers of a class in the order in which they are needed, or some of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from models.errors import UserError
from models.progress import Progress
from reports.documents import class_desk_cards, class_door_sheet, class_name_list, class_sign_in
from reports.documents.class_desk_cards import CardLook
from reports.documents.training_class import check
from reports.kit import furniture
from reports.kit.furniture import Output, Sheet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from reports.documents.training_class import TrainingClass
    from reports.kit.fonts import Fonts
    from reports.kit.furniture import Built, Part

TITLES = {"door": "门贴", "names": "学员名单", "sign-in": "签到表", "cards": "桌签"}
"""The papers in the order of their use: on the door, in the hand, on the table."""


@dataclass(frozen=True, slots=True)
class PackWish:
    """Which papers, and what the desk cards look like."""

    papers: tuple[str, ...] = tuple(TITLES)
    look: CardLook = field(default_factory=CardLook)


def build(
    training: TrainingClass,
    out: Path,
    fonts: Fonts,
    progress: Progress,
    *,
    overwrite: bool = False,
    wish: PackWish | None = None,
) -> Built:
    """Write the papers into one PDF, each with its bookmark and its own size of page.

    Args:
        training: the class.
        out: the file to write.
        fonts: the fonts of this computer.
        progress: told paper by paper; may cancel.
        overwrite: whether a file of that name may be replaced.
        wish: all papers where left out.

    Raises:
        UserError: nobody in the class, no such paper or card, characters no font has (with the
            people concerned), or the file is there.
    """
    check(training, fonts)
    wanted = wish or PackWish()
    makers = _makers(wanted)
    parts = [part for key in wanted.papers for part in makers[key](training, fonts)]
    output = Output(out, fonts, training.printed_at, progress, overwrite)
    return _write(training, _title(training, wanted), parts, output)


def _makers(wish: PackWish) -> Mapping[str, Callable[[TrainingClass, Fonts], Iterable[Part]]]:
    """How each paper is made; refuses papers that are unknown."""
    for key in wish.papers:
        if key not in TITLES:
            known = "、".join(f"{one}（{title}）" for one, title in TITLES.items())
            raise UserError("class.paper", f"班级资料里没有“{key}”。", f"可用：{known}。")
    if not wish.papers:
        raise UserError("class.paper", "没有选中班级资料。", "请至少选一种。")
    return {
        "door": class_door_sheet.parts,
        "names": class_name_list.parts,
        "sign-in": class_sign_in.parts,
        "cards": partial(class_desk_cards.parts, look=wish.look),
    }


def _title(training: TrainingClass, wish: PackWish) -> str:
    named = TITLES[wish.papers[0]] if len(wish.papers) == 1 else "班级资料"
    return f"{training.title}{named}"


def _write(training: TrainingClass, title: str, parts: Sequence[Part], output: Output) -> Built:
    first = parts[0].sheet or Sheet(title, training.office)
    sheet = Sheet(title, training.office, first.size)
    return furniture.write_parts(output, sheet, parts, len(parts))
