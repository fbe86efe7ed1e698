"""What of a holder is read only when a certificate is printed: the photo, the whole ID number.

Neither is copied into the register of certificates: the one is large, the other personal.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable

from models.certificates.kinds import Kind, usable
from models.errors import UserError
from models.office.context import Office
from models.office.settings import read_setting, write_settings
from models.store.operations import Operation

_ID_SETTING = "certificate.id_number"
ID_NUMBER_NAMES = {"none": "不写", "masked": "只写后四位", "full": "全写"}
_PHOTOS = """
SELECT p.teacher_id, p.jpeg_base64 FROM json_each(?) AS wanted
CROSS JOIN teacher_photo AS p ON p.teacher_id = wanted.value ORDER BY p.rowid
"""
_ID_NUMBERS = """
SELECT t.id, t.id_number FROM json_each(?) AS wanted
CROSS JOIN teacher AS t ON t.id = wanted.value WHERE t.id_number IS NOT NULL
"""
_ORGANIZERS = """
SELECT c.id, c.organizer FROM json_each(?) AS wanted
CROSS JOIN course AS c ON c.id = wanted.value WHERE c.organizer IS NOT NULL
"""


def id_number_shown(office: Office, kind: Kind) -> str:
    """How much of the ID number the office prints on a kind: ``none``, ``masked`` or ``full``."""
    return read_setting(office.store, f"{_ID_SETTING}.{kind.key}", kind.id_number)


def show_id_number(office: Office, kind: Kind, how: str) -> Operation:
    """Print so much of the ID number on the kind from now on.

    Raises:
        UserError: none of ``none``, ``masked`` and ``full``.
    """
    if how not in ID_NUMBER_NAMES:
        raise UserError(
            "certificate.id_number",
            f"身份证号不能“{how}”。",
            usable(ID_NUMBER_NAMES),
        )
    title = f"{kind.title}上的身份证号：{ID_NUMBER_NAMES[how]}"
    return write_settings(office.store, {f"{_ID_SETTING}.{kind.key}": how}, title)


def photos_of(office: Office, teacher_ids: Iterable[str]) -> dict[str, bytes]:
    """The photos of those teachers who have one, as JPEG."""
    found = _pairs(office, _PHOTOS, teacher_ids)
    return {teacher: base64.b64decode(text) for teacher, text in found.items()}


def id_numbers_of(office: Office, teacher_ids: Iterable[str]) -> dict[str, str]:
    """The whole ID numbers of those teachers who have one; for forms that need them."""
    return _pairs(office, _ID_NUMBERS, teacher_ids)


def organizers_of(office: Office, course_ids: Iterable[str]) -> dict[str, str]:
    """Who held those courses: the first version did not freeze it with the certificate."""
    return _pairs(office, _ORGANIZERS, course_ids)


def _pairs(office: Office, sql: str, ids: Iterable[str]) -> dict[str, str]:
    wanted = json.dumps(sorted({one for one in ids if one}))
    return dict(office.store.tuples(sql, (wanted,)))
