"""The look: every text can be read, every border seen, the style sheet is whole."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from ui.desktop.tasks.preferences import FONT_SIZES, Preferences
from ui.desktop.widgets import tokens
from ui.desktop.widgets.icon import icon, svg
from ui.desktop.widgets.look import dress, style_sheet


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.1)."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


TEXTS = [
    (tokens.TEXT, tokens.SURFACE),
    (tokens.TEXT, tokens.SELECTED),
    (tokens.MUTED, tokens.SURFACE),
    (tokens.MUTED, tokens.BG),
    (tokens.PLACEHOLDER, tokens.SURFACE),
    (tokens.RAIL_TEXT, tokens.RAIL),
    (tokens.RAIL_GROUP, tokens.RAIL),
    ("#FFFFFF", tokens.PRIMARY),
    (tokens.PRIMARY, tokens.SURFACE),
    *((tone.text, tone.tint) for tone in tokens.TONES.values()),
    *((tone.text, tokens.SELECTED) for tone in tokens.TONES.values()),
]


@pytest.mark.parametrize(("text", "ground"), TEXTS)
def test_every_text_stands_out_from_its_ground(text, ground):
    assert contrast(text, ground) >= 4.5


def test_the_borders_of_controls_stand_out():
    assert contrast(tokens.BORDER, tokens.SURFACE) >= 3
    assert contrast(tokens.PRIMARY, tokens.SURFACE) >= 3


def test_the_style_sheet_leaves_nothing_open(qapp, tmp_path):
    text = style_sheet(tmp_path)
    body = "".join(line for line in text.split("*/")[-1].splitlines())
    assert "@" not in body.replace("@2x", "")
    assert "px(" not in body
    assert "icon(" not in body
    assert all(file.stat().st_size for file in tmp_path.glob("*.png"))


@pytest.mark.parametrize("size", FONT_SIZES.values())
def test_sizes_grow_with_the_chosen_text(qapp, tmp_path, size):
    app = QApplication.instance()
    dress(app, size, tmp_path)
    try:
        assert tokens.px(tokens.BODY) == size
    finally:
        dress(app, tokens.BODY, tmp_path)


def test_an_icon_is_drawn_in_the_colour_asked_for(qapp):
    assert b"#123456" in svg("users", "#123456") or b"#123456" in svg("no-such", "#123456")
    assert not icon("users").isNull()


def test_preferences_survive_and_broken_ones_fall_back(qapp, tmp_path):
    file = tmp_path / "窗口.ini"
    first = Preferences(file)
    first.set_text("look/font_size", "特大")
    first.set_flag("a", value=True)
    first.save()
    assert Preferences(file).font_size() == FONT_SIZES["特大"]
    assert Preferences(file).flag("a")
    first.set_text("look/font_size", "nonsense")
    assert first.font_size() == FONT_SIZES["标准"]
    assert first.state("a").isEmpty()
