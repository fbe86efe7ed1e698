"""Teachers' photos: one kept with each teacher, small enough to be journalled and printed."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable

from models.office.context import Office
from models.staff.queries import name_of_teacher
from models.store.operations import Operation


def remove_photo(office: Office, teacher_id: str) -> Operation:
    """Take a teacher's photo away."""
    name = name_of_teacher(office, teacher_id)
    with office.store.operation("staff.remove_photo", f"移除照片 {name}") as operation:
        office.store.execute("DELETE FROM teacher_photo WHERE teacher_id = ?", (teacher_id,))
    return operation


def keep(office: Office, teacher_id: str, jpeg: bytes) -> str:
    """Write a photo inside an operation; says ``new``, ``changed`` or ``same``.

    ``models.staff.pictures.portrait`` makes what is kept out of what people bring.
    """
    store, text = office.store, base64.b64encode(jpeg).decode("ascii")
    known = store.one(
        "SELECT id, jpeg_base64 FROM teacher_photo WHERE teacher_id = ? ORDER BY id", (teacher_id,)
    )
    if known is None:
        columns = ("id", "teacher_id", "jpeg_base64")
        store.insert("teacher_photo", columns, [(store.ids.new_id(), teacher_id, text)])
        return "new"
    if known["jpeg_base64"] == text:
        return "same"
    store.execute("UPDATE teacher_photo SET jpeg_base64 = ? WHERE id = ?", (text, known["id"]))
    return "changed"


def photo_of(office: Office, teacher_ids: Iterable[str]) -> dict[str, bytes]:
    """The photos (JPEG) of those teachers who have one."""
    sql = (
        "SELECT teacher_id, jpeg_base64 FROM teacher_photo"
        " WHERE teacher_id IN (SELECT value FROM json_each(?)) ORDER BY id DESC"
    )
    rows = office.store.query(sql, (json.dumps(list(teacher_ids)),))
    return {row["teacher_id"]: base64.b64decode(row["jpeg_base64"]) for row in rows}
