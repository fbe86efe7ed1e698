"""What of the staff room is journalled, in which merge units."""

from __future__ import annotations

from models.entities.describe import Entity, units
from models.staff.institution_records import Institution
from models.staff.records import Teacher
from models.store.tracking import COUNTY, SCHOOL, Tracked

STORED_AS = {
    "school": ("school_id", "school_reported"),
    "parent": ("parent_id", "parent_reported"),
}


def _stored_units(entity: type[Entity], **more: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """The entity's merge units in the columns of its table, with bookkeeping columns added."""
    found = {
        unit: tuple(column for field in fields for column in STORED_AS.get(field, (field,)))
        for unit, fields in units(entity).items()
    }
    for unit, columns in more.items():
        found[unit] = (*found.get(unit, ()), *columns)
    return found


TRACKED = (
    Tracked("institution", _stored_units(Institution, belonging=("successor_id",)), label="机构"),
    Tracked("institution_alias", {"row": ("institution_id", "alias")}, label="机构别名"),
    Tracked(
        "teacher",
        _stored_units(Teacher, identity=("name_pinyin", "name_initials")),
        label="教师",
        # Who somebody is and where he stands the county knows better; his telephone the school.
        prefer={"identity": COUNTY, "post": COUNTY, "contact": SCHOOL},
    ),
    Tracked(
        "teacher_period",
        {"row": ("teacher_id", "aspect", "value", "starts_on", "ends_on", "note")},
        label="任职经历",
    ),
    Tracked("teacher_photo", {"row": ("teacher_id", "jpeg_base64")}, label="照片"),
    Tracked(
        "glyph_image",
        {"row": ("character", "teacher_id", "png_base64", "note")},
        label="造字图片",
        caption="character",
    ),
    Tracked(
        "staff_question",
        {"row": ("kind", "teacher_id", "institution_id", "answer", "source")},
        label="待确认事项",
    ),
)
