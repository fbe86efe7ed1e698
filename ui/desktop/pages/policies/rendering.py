"""A rule pack as a page to be read: headings, sentences, and where each stands."""

from __future__ import annotations

from html import escape

from models.policies.records import Pack
from models.policies.sentences import Line, Section, pack_sections
from ui.desktop.widgets import tokens


def pack_html(pack: Pack, base: Pack | None = None) -> str:
    """The pack as HTML.

    Args:
        pack: with all it is based on.
        base: the pack it is based on, where there is one: its demands are marked.
    """
    parts = [_head(pack, base)]
    parts += [_section(one, _inherited(pack, base)) for one in pack_sections(pack)]
    return "".join(parts)


def _head(pack: Pack, base: Pack | None) -> str:
    lines = [f"<p>{_muted('文件　')}{escape(pack.document)}</p>"]
    if base is not None:
        lines.append(f"<p>{_muted('依据　')}在“{escape(base.title)}”的基础上增改</p>")
    if pack.remark:
        lines.append(f"<p>{_muted('说明　')}{escape(pack.remark)}</p>")
    return "".join(lines)


def _inherited(pack: Pack, base: Pack | None) -> frozenset[tuple[str, str]]:
    """The demands that stand in the pack as the base has them: id and document."""
    if base is None:
        return frozenset()
    demands = (*base.requirements, *base.targets, *base.designations)
    return frozenset((one.id, one.document) for one in demands if one.document != pack.document)


def _section(section: Section, inherited: frozenset[tuple[str, str]]) -> str:
    count = f"（{len(section.lines)}）" if len(section.lines) > 1 else ""
    size = tokens.px(15)
    head = f"<p style='font-size:{size}px;margin-top:{size}px'><b>{section.title}{count}</b></p>"
    return head + "".join(
        _line(number, one, (one.id, one.document) in inherited)
        for number, one in enumerate(section.lines, 1)
    )


def _line(number: int, one: Line, inherited: bool) -> str:  # noqa: FBT001
    title = f"{number}. {escape(one.title)}" if one.id else escape(one.title)
    mark = _muted("　沿用") if inherited else ""
    told = (
        f"<b>{title}</b>{mark}<br>{escape(one.said)}"
        if one.said != one.title
        else f"<b>{title}</b>"
    )
    if one.source:
        told += f"<br>{_muted(escape(one.source))}"
    return f"<p style='margin-bottom:{tokens.px(8)}px'>{told}</p>"


def _muted(text: str) -> str:
    return f"<span style='color:{tokens.MUTED}'>{text}</span>"
