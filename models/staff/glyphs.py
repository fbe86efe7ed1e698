"""造字图片: pictures of characters that no font has, each brought for a person's name.

Papers draw a character by its picture, whoever bears it; therefore one character has one picture.
"""

from __future__ import annotations

import base64
from collections import defaultdict
from dataclasses import dataclass

from models.errors import UserError
from models.office.context import Office
from models.staff.pictures import glyph_picture
from models.staff.queries import name_of_teacher
from models.store.operations import Operation
from models.text.folding import PRIVATE_USE

_KNOWN = """
SELECT g.id, g.character, g.teacher_id, g.png_base64, g.note, t.name, i.name AS school
FROM glyph_image AS g
JOIN teacher AS t ON t.id = g.teacher_id
LEFT JOIN institution AS i ON i.id = t.school_id
"""


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character's picture.

    Attributes:
        id: its identity.
        character: the one it stands for.
        teacher_id: in whose name.
        png: 512 × 512, black on transparent.
        note: what was noted of it.
        name: of the teacher.
        school: the teacher works at, "" where unknown.
    """

    id: str
    character: str
    teacher_id: str
    png: bytes
    note: str
    name: str
    school: str


def attach_glyph(
    office: Office, teacher_id: str, character: str, picture: bytes, note: str = ""
) -> Operation:
    """Keep a picture for a character of a teacher's name, in place of an earlier one.

    A picture for a character of Unicode replaces that of all who bear it. A private code may mean
    another character with each person, so that a picture in use by another one stays.

    Args:
        office: the office.
        teacher_id: in whose name the character stands.
        character: it.
        picture: a PNG or JPEG of at most 2 MB; it is cleaned, cropped and centred.
        note: such as where it comes from.

    Raises:
        UserError: not one character of the name, no usable picture, a private code taken.
    """
    name = _checked(office, teacher_id, character)
    png = glyph_picture(picture)
    others = [one for one in glyphs_for(office, character) if one.teacher_id != teacher_id]
    if PRIVATE_USE.match(character) and any(one.png != png for one in others):
        raise _taken(character, others[0])
    with office.store.operation(
        "staff.attach_glyph", f"造字图片 {name}：{_shown(character)}"
    ) as done:
        _write(office, teacher_id, character, png, note)
        office.store.execute(
            "UPDATE glyph_image SET png_base64 = ?1 WHERE character = ?2 AND png_base64 <> ?1",
            (_text(png), character),
        )
    return done


def adopt_glyph(office: Office, teacher_id: str, glyph_id: str) -> Operation:
    """Use the picture another person's character has already.

    Raises:
        UserError: the picture is gone, or its character does not stand in the name.
    """
    known = next((one for one in _query(office, "WHERE g.id = ?", glyph_id)), None)
    if known is None:
        raise UserError("glyph.gone", "这张造字图片已经移除。", "请另外选择图片。")
    name = _checked(office, teacher_id, known.character)
    title = f"造字图片 {name}：{_shown(known.character)}，与{known.name}相同"
    with office.store.operation("staff.adopt_glyph", title) as done:
        _write(office, teacher_id, known.character, known.png, known.note)
    return done


def remove_glyph(office: Office, teacher_id: str, character: str) -> Operation:
    """Take a character's picture from a teacher; others who have it keep it."""
    name = name_of_teacher(office, teacher_id)
    title = f"移除造字图片 {name}：{_shown(character)}"
    with office.store.operation("staff.remove_glyph", title) as done:
        office.store.execute(
            "DELETE FROM glyph_image WHERE teacher_id = ? AND character = ?",
            (teacher_id, character),
        )
    return done


def glyphs_of(office: Office, teacher_id: str) -> list[Glyph]:
    """The pictures of the characters of a teacher's name."""
    return _query(office, "WHERE g.teacher_id = ?", teacher_id)


def glyphs_for(office: Office, character: str) -> list[Glyph]:
    """The pictures a character has, person by person: offered to the next who bears it."""
    return _query(office, "WHERE g.character = ?", character)


def drawn_glyphs(office: Office) -> dict[str, bytes]:
    """The picture of each character that has one.

    Two offices may have drawn one private code differently before they exchanged data. Nobody can
    tell which is meant, so that the code has none until a person has removed the wrong one.
    """
    found: dict[str, list[bytes]] = defaultdict(list)
    for row in office.store.query("SELECT character, png_base64 FROM glyph_image ORDER BY id"):
        found[row["character"]].append(base64.b64decode(row["png_base64"]))
    return {
        character: pngs[0]
        for character, pngs in found.items()
        if len(set(pngs)) == 1 or not PRIVATE_USE.match(character)
    }


def _checked(office: Office, teacher_id: str, character: str) -> str:
    """The teacher's name, which must hold the character."""
    name = name_of_teacher(office, teacher_id)
    if len(character) != 1 or character not in name:
        raise UserError(
            "glyph.not_in_name",
            f"“{character}”不是姓名“{name}”中的一个字。",
            "请在姓名中选一个字；姓名写错的请先改正姓名。",
        )
    return name


def _write(office: Office, teacher_id: str, character: str, png: bytes, note: str) -> None:
    store = office.store
    known = store.value(
        "SELECT id FROM glyph_image WHERE teacher_id = ? AND character = ?", (teacher_id, character)
    )
    if known is None:
        columns = ("id", "character", "teacher_id", "png_base64", "note")
        row = (store.ids.new_id(), character, teacher_id, _text(png), note or None)
        store.insert("glyph_image", columns, [row])
    else:
        store.execute(
            "UPDATE glyph_image SET png_base64 = ?, note = ? WHERE id = ?",
            (_text(png), note or None, known),
        )


def _query(office: Office, where: str, value: str) -> list[Glyph]:
    return [
        Glyph(
            row["id"],
            row["character"],
            row["teacher_id"],
            base64.b64decode(row["png_base64"]),
            row["note"] or "",
            row["name"],
            row["school"] or "",
        )
        for row in office.store.query(f"{_KNOWN} {where} ORDER BY g.id", (value,))
    ]


def _taken(character: str, other: Glyph) -> UserError:
    return UserError(
        "glyph.code_taken",
        f"造字码 {_shown(character)} 已用于{other.school}{other.name}的另一张图片，"
        "同一个造字码不能表示两个字。",
        "是同一个字的，请选“用已有的图片”；不是的，请先把其中一人姓名里的这个字改成另一个码。",
    )


def _shown(character: str) -> str:
    return f"{character}（U+{ord(character):04X}）"


def _text(png: bytes) -> str:
    return base64.b64encode(png).decode("ascii")
