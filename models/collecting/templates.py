"""A template for each school: its own teachers in a locked sheet, ready to be filled in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from models.collecting.rounds import Round, TemplateWish, keep_round
from models.collecting.school_rows import (
    asked_for,
    book_for,
    make_folder,
    save_book,
    teacher_row,
)
from models.collecting.tables import MADE
from models.errors import UserError
from models.exchange.plans import ImportKind
from models.exchange.templates.asking import Asked
from models.exchange.templates.school_book import BookRow
from models.office.context import Office
from models.progress import Progress
from models.staff.institutions import institution_names
from models.staff.queries import stored_teachers
from models.text.file_names import file_name_of

_SCHOOLS = """
SELECT t.school_id, t.id FROM teacher AS t JOIN institution AS i ON i.id = t.school_id
ORDER BY i.name, i.id, t.name_pinyin, t.teacher_no, t.id
"""


@dataclass(frozen=True, slots=True)
class TemplateFile:
    """One school's template.

    Attributes:
        path: the workbook.
        school_id, school: whose it is.
        template_id: what it bears hidden inside.
        teachers: how many teachers stand in it.
    """

    path: Path
    school_id: str
    school: str
    template_id: str
    teachers: int


@dataclass(frozen=True, slots=True)
class Templates:
    """The templates made: of which collection, and the files."""

    round: Round
    files: tuple[TemplateFile, ...]


def write_templates(
    office: Office, wish: TemplateWish, folder: Path, progress: Progress | None = None
) -> Templates:
    """Write one workbook a school into a folder, and keep what went out as one operation.

    A school keeps its template's identity over the whole collection, however often it is made.

    Raises:
        UserError: no school with teachers, or an unknown one.
        WorldError: a file cannot be written.
        CancelledByUser: the person asked to stop; nothing is kept.
    """
    steps = progress or Progress()
    if not wish.kinds:
        raise UserError("collect.nothing_asked", "没有选要学校填什么。", "请至少选一种表。")
    schools = _schools(office, wish)
    make_folder(folder)
    title = f"生成 {wish.year} 年学校模板 {len(schools)} 份"
    with office.store.operation("collect.templates", title):
        collection = keep_round(office, wish)
        ids = _known(office, collection)
        files: list[TemplateFile] = []
        for (school_id, name), teachers in schools.items():
            steps.step(len(files), len(schools), f"正在写 {name} 的模板")
            template = ids.get(school_id) or office.store.ids.new_id()
            path = folder / file_of(collection, name)
            if any(one.path == path for one in files):
                path = path.with_stem(f"{path.stem}-{template[:6]}")
            file = TemplateFile(path, school_id, name, template, len(teachers))
            save_book(path, _book(office, collection, file, wish, teachers))
            files.append(file)
        _keep(office, collection, files, ids)
    return Templates(collection, tuple(files))


def file_of(collection: Round, school: str, words: str = "学校填报表") -> str:
    """The name of a school's workbook."""
    return f"{file_name_of(f'{school}-{collection.year}年{words}')}.xlsx"


def _schools(office: Office, wish: TemplateWish) -> dict[tuple[str, str], list[str]]:
    """School's identity and name to its teachers, in the order of names."""
    found: dict[str, list[str]] = defaultdict(list)
    for school_id, teacher in office.store.tuples(_SCHOOLS):
        found[school_id].append(teacher)
    names = institution_names(office)
    wanted = wish.school_ids or tuple(found)
    unknown = [one for one in wanted if one not in names]
    if unknown or not wanted:
        raise UserError(
            "collect.no_school",
            "选中的学校已不在机构名录中。" if unknown else "还没有一所学校有教师。",
            "请刷新后重新选择。" if unknown else "请先导入机构名录和教师名册。",
        )
    return {(one, names[one]): found.get(one, []) for one in wanted}


def _book(
    office: Office,
    collection: Round,
    file: TemplateFile,
    wish: TemplateWish,
    teachers: list[str],
) -> bytes:
    people = {str(one["id"]): one for one in stored_teachers(office, teachers)}
    inside = [people[one] for one in teachers]
    names = [str(one["name"]) for one in inside]
    sheets = {
        kind: (
            asked := asked_for(office, kind, names, wish.year),
            _rows(office, kind, inside, full=wish.full_ids, asked=asked),
        )
        for kind in collection.kinds
    }
    school = (file.school_id, file.school)
    return book_for(office, collection, school, sheets, (file.template_id, ""))


def _rows(
    office: Office,
    kind: ImportKind,
    people: Iterable[Mapping[str, object]],
    *,
    full: bool,
    asked: list[Asked],
) -> list[BookRow]:
    """The school's teachers; records begin empty."""
    if kind is not ImportKind.TEACHERS:
        return []
    return [teacher_row(office, one, full=full, asked=asked) for one in people]


def _known(office: Office, collection: Round) -> dict[str, str]:
    """School to the template it has in this collection already."""
    sql = "SELECT school_id, id FROM collect_template WHERE round_id = ?"
    return dict(office.store.tuples(sql, (collection.id,)))


def _keep(
    office: Office, collection: Round, files: list[TemplateFile], known: Mapping[str, str]
) -> None:
    store = office.store
    today = store.clock.today().isoformat()
    rows = {
        one.template_id: (collection.id, one.school_id, one.path.name, today, store.person,
                          one.teachers)
        for one in files
    }  # fmt: skip
    old = set(known.values())
    fresh = [(one, *row) for one, row in rows.items() if one not in old]
    store.insert("collect_template", ("id", *MADE), fresh)
    again = ", ".join(f"{name} = ?" for name in MADE)
    for one, row in rows.items():
        if one in old:
            sql = f"UPDATE collect_template SET {again} WHERE id = ?"  # noqa: S608 - our columns
            store.execute(sql, (*row, one))
