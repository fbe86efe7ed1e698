"""A tray's shift and scale in words."""

from __future__ import annotations

from decimal import Decimal

from models.office.printers import Tray

PLAIN = "没有校准过，按原样打印"


def say_shift(tray: Tray) -> str:
    """Where everything is moved to.

    >>> say_shift(Tray("HP", "纸盒", right=Decimal("1.2"), down=Decimal("-0.8")))
    '右移 1.2 mm，上移 0.8 mm'
    """
    across, down = tray.right, tray.down
    return f"{'右' if across >= 0 else '左'}移 {_number(abs(across))} mm，" + (
        f"{'下' if down >= 0 else '上'}移 {_number(abs(down))} mm"
    )


def say_scale(tray: Tray) -> str:
    """How much wider and taller everything becomes.

    >>> say_scale(Tray("HP", "纸盒", wider=Decimal("1.0023")))
    '横向 100.23 %，纵向 100 %'
    """
    return f"横向 {_number(tray.wider * 100)} %，纵向 {_number(tray.taller * 100)} %"


def say_tray(tray: Tray) -> str:
    """What holds for a tray, in one line."""
    if tray.plain and not tray.measured_on:
        return PLAIN
    day = f"（{tray.measured_on} 校准）" if tray.measured_on else ""
    return f"{say_shift(tray)}；{say_scale(tray)}{day}"


def _number(value: Decimal) -> str:
    return f"{value.normalize():f}"
