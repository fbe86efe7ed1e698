"""Projects and their classes: a project is a course that others belong to."""

from __future__ import annotations

import json
from collections.abc import Sequence

from models.errors import UserError
from models.office.context import Office
from models.store.operations import Operation
from models.training.courses import find, read


def join(office: Office, course_ids: Sequence[str], project_code: str) -> Operation:
    """Make courses classes of the project with that code; "" takes them out of theirs.

    Raises:
        UserError: no such course, a project within a project, a course within itself, or a
            project that people are enrolled in.
    """
    project_id = find(office, project_code) if project_code.strip() else None
    title = "移出项目"
    if project_id is not None:
        project = read(office, project_id)
        title = f"归入项目{project['title']}"
        _refuse_as_project(project, course_ids)
    for course_id in course_ids:
        course = read(office, course_id)
        if project_id is not None and course["classes"]:
            raise UserError(
                "training.nested_project",
                f"“{course['title']}”自己有 {course['classes']} 个班，不能归入别的项目。",
                "请先把它的班移出。",
            )
    with office.store.operation("training.project", f"{title} {len(course_ids)} 门") as operation:
        office.store.execute(
            "UPDATE course SET project_id = ? WHERE id IN (SELECT value FROM json_each(?))",
            (project_id, json.dumps(list(course_ids))),
        )
    return operation


def classes_of(office: Office, project_id: str) -> list[str]:
    """The identities of a project's classes in the order of their codes."""
    sql = "SELECT id FROM course WHERE project_id = ? ORDER BY code"
    return [str(row[0]) for row in office.store.query(sql, (project_id,))]


def _refuse_as_project(project: dict[str, object], course_ids: Sequence[str]) -> None:
    if project["id"] in course_ids:
        raise UserError(
            "training.own_project", "一门课程不能归入它自己。", "请填另一个项目的编号。"
        )
    if project["project_id"]:
        raise UserError(
            "training.nested_project", f"“{project['title']}”是别的项目的班。", "请填项目的编号。"
        )
    if project["enrolled"]:
        raise UserError(
            "training.project_in_use",
            f"“{project['title']}”已有 {project['enrolled']} 人报名，不能改作项目。",
            "请先让他们退出，或另建一个项目。",
        )
