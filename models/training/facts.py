"""Facts that courses and training records share, each described once."""

from __future__ import annotations

from models.entities.describe import Column, Kind

THEME = Column(
    title="项目类别",
    kind=Kind.CODE,
    table="training_theme",
    width=8,
    synonyms=("培训项目类别", "项目类型", "培训对象类别"),
    example="全员培训",
)
NATURE = Column(
    title="课程性质",
    kind=Kind.CODE,
    table="course_nature",
    width=4,
    synonyms=("修习性质", "必修选修", "必修/选修"),
    example="必修",
)
