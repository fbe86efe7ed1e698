"""What would go wrong on paper, said before anything is printed."""

from __future__ import annotations

from models.office.printers import Tray, paper_name
from reports.kit.paper import Size
from reports.kit.raster import Ink
from ui.desktop.widgets.paper.printers import Offer

TOLERANCE = 1.0
"""Millimetres by which a driver's sheet may differ without anything being scaled."""
READABLE_DPI = 200
_SIDES = ("左", "上", "右", "下")


def concerns(asked: Size, offer: Offer, ink: Ink | None, page: int = 1) -> list[str]:
    """One sentence for everything that would not come out as it is seen.

    Args:
        asked: the sheet as the file has it.
        offer: what the printer makes of it.
        ink: where something is printed on the page looked at, in its tray's place.
        page: its number.
    """
    found = [*_of_size(asked, offer)]
    if ink is not None:
        found += _of_margins(asked, offer, ink, page)
    if offer.dpi < READABLE_DPI:
        found.append(
            f"驱动的分辨率只有 {offer.dpi} dpi，小字和二维码会看不清。请在打印机属性里调高。"
        )
    if offer.note:
        found.append(offer.note)
    return found


def in_its_place(ink: Ink | None, tray: Tray) -> Ink | None:
    """Where the tray's shift and scale bring what is printed."""
    if ink is None:
        return None
    right, down, wider, taller = tray.factors
    return Ink(
        right + wider * ink.left,
        down + taller * ink.top,
        right + wider * ink.right,
        down + taller * ink.bottom,
    )


def _of_size(asked: Size, offer: Offer) -> list[str]:
    lacking = [mine - given for mine, given in zip(asked, offer.size, strict=True)]
    if all(abs(one) <= TOLERANCE for one in lacking):
        return []
    wanted, given = paper_name(*asked), paper_name(*offer.size)
    if all(one <= TOLERANCE for one in lacking):
        return [
            f"驱动用的是 {given} 的纸，比文件的 {wanted} 大。请在打印机属性里选 {wanted}，"
            "否则内容会偏到纸的一边。"
        ]
    share = min(has / wants for wants, has in zip(asked, offer.size, strict=True))
    return [
        f"驱动会把页面缩小到 {share * 100:.0f} %，或裁掉边上的内容：它用的是 {given} 的纸，"
        f"文件是 {wanted}。请在打印机属性里选 {wanted}（没有就新建自定义尺寸），缩放选“实际大小”。"
    ]


def _of_margins(asked: Size, offer: Offer, ink: Ink, page: int) -> list[str]:
    room = (ink.left, ink.top, asked.width - ink.right, asked.height - ink.bottom)
    return [
        f"打印机印不到离{side}边 {margin:.1f} mm 以内的地方，第 {page} 页那里有内容，会被裁掉。"
        for side, margin, free in zip(_SIDES, offer.margins, room, strict=True)
        if free < margin - TOLERANCE / 2
    ]
