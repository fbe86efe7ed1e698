"""Taking photos in: one, or a folder whose files say whose they are; nothing is guessed."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from models.errors import UserError, WorldError
from models.office.context import Office
from models.progress import Progress
from models.staff.photos import keep
from models.staff.pictures import PHOTO_BYTES, portrait
from models.staff.queries import name_of_teacher
from models.store.operations import Changed, Operation
from models.text.id_numbers import LENGTH
from models.text.masking import mask_id_number
from models.text.names import clean_name
from models.text.tidy import key
from models.text.width import identifier

SUFFIXES = frozenset(
    {".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".bmp", ".tif", ".tiff", ".gif", ".webp", ".heic"}
)
"""Files that look like photos; those of kinds not known here are listed with the reason."""

STEP = "正在读取照片"
_ID_NUMBER = re.compile(r"(?<!\d)(?:\d{15}|\d{17}[\dXx])(?!\d)")
_BETWEEN = re.compile(r"[\s_\-—+()（）\[\]【】,，、.]+")


@dataclass(frozen=True, slots=True)
class PhotoSet:
    """A photo that was kept, and what there is to say of it."""

    operation: Operation
    remarks: tuple[str, ...]

    @property
    def changed(self) -> Changed:
        """What the step changed."""
        return self.operation.changed


def set_photo(office: Office, teacher_id: str, picture: bytes) -> PhotoSet:
    """Keep a teacher's photo in place of an earlier one.

    Raises:
        UserError: no usable picture.
    """
    made = portrait(picture)
    name = name_of_teacher(office, teacher_id)
    with office.store.operation("staff.set_photo", f"照片 {name}") as operation:
        keep(office, teacher_id, made.jpeg)
    return PhotoSet(operation, made.remarks)


@dataclass(frozen=True, slots=True)
class Left:
    """A file that was not taken, and why."""

    file: str
    reason: str


@dataclass(frozen=True, slots=True)
class Matched:
    """A file and the teacher it belongs to."""

    file: Path
    teacher_id: str
    name: str


@dataclass(frozen=True, slots=True)
class PhotoPlan:
    """What a folder holds: photos of known teachers, and files nobody can be told for."""

    matched: tuple[Matched, ...]
    left: tuple[Left, ...]


@dataclass(slots=True)
class PhotosImported:
    """What an import did.

    Attributes:
        operation: the step that can be undone; None where nothing was to be written.
        counts: ``new``, ``changed``, ``same``.
        left: the files not taken.
        remarks: files that were taken with something to say of them.
    """

    operation: Operation | None = None
    counts: Counter[str] = field(default_factory=Counter[str])
    left: list[Left] = field(default_factory=list[Left])
    remarks: list[Left] = field(default_factory=list[Left])

    @property
    def changed(self) -> Changed:
        """What the step changed."""
        return Changed() if self.operation is None else self.operation.changed


def plan_photos(office: Office, folder: Path) -> PhotoPlan:
    """Find out whose the photos of a folder are; no picture is opened.

    A file is named by teacher number, ID number or name, or by several of them.

    Raises:
        UserError: no folder, or no picture in it.
        WorldError: it cannot be read.
    """
    files = _pictures(folder)
    people = _People(office)
    matched: list[Matched] = []
    left: list[Left] = []
    for file in files:
        found = people.called(file.stem)
        if isinstance(found, str):
            left.append(Left(_shown(file), found))
        else:
            matched.append(Matched(file, *found))
    times = Counter(one.teacher_id for one in matched)
    doubled = [one for one in matched if times[one.teacher_id] > 1]
    left += [Left(_shown(one.file), f"{one.name}有几个照片文件，不知道用哪个") for one in doubled]
    single = tuple(one for one in matched if times[one.teacher_id] == 1)
    return PhotoPlan(single, tuple(sorted(left, key=lambda one: one.file)))


def import_photos(office: Office, folder: Path, progress: Progress) -> PhotosImported:
    """Take the photos of a folder in as one step that can be undone.

    Files that are no usable pictures are listed, the others are taken.

    Raises:
        UserError, WorldError: as ``plan_photos``.
        CancelledByUser: the person asked to stop; nothing is kept.
    """
    plan = plan_photos(office, folder)
    result = PhotosImported(left=list(plan.left))
    if not plan.matched:
        return result
    total = len(plan.matched)
    with office.store.operation("staff.import_photos", f"导入照片 {total} 人") as operation:
        for done, one in enumerate(plan.matched):
            progress.step(done, total, STEP)
            _take(office, one, result)
        operation.title = f"导入照片 {result.counts['new'] + result.counts['changed']} 人"
    progress.report(total, total, STEP)
    result.operation = operation
    return result


def _take(office: Office, one: Matched, result: PhotosImported) -> None:
    try:
        with one.file.open("rb") as file:
            made = portrait(file.read(PHOTO_BYTES + 1))
    except UserError as error:
        result.left.append(Left(_shown(one.file), error.message.rstrip("。")))
        return
    except OSError:
        result.left.append(Left(_shown(one.file), "文件读不出来，可能正被占用或没有权限"))
        return
    result.counts[keep(office, one.teacher_id, made.jpeg)] += 1
    if made.remarks:
        result.remarks.append(Left(_shown(one.file), "；".join(made.remarks)))


def _shown(file: Path) -> str:
    """The file's name with the ID numbers in it masked."""
    return _ID_NUMBER.sub(lambda found: mask_id_number(found[0]), file.name)


def _pictures(folder: Path) -> list[Path]:
    """The picture files of a folder and the folders in it, in the order of their names."""
    if not folder.is_dir():
        raise UserError("photos.no_folder", f"没有文件夹“{folder}”。", "请核对位置。")
    try:
        files = sorted(
            file
            for file in folder.rglob("*")
            if file.suffix.lower() in SUFFIXES and not file.name.startswith(".") and file.is_file()
        )
    except OSError as error:
        raise WorldError(
            "photos.unreadable", f"文件夹“{folder}”打不开。", "请检查权限。"
        ) from error
    if not files:
        raise UserError(
            "photos.none",
            f"“{folder.name}”里没有图片文件。",
            "照片文件用教师编号、身份证号或姓名作文件名，如“张红梅.jpg”。",
        )
    return files


class _People:
    """The teachers by what files are named by."""

    def __init__(self, office: Office) -> None:
        self._names: dict[str, str] = {}
        self._schools: dict[str, str] = {}
        self._by_number: dict[str, set[str]] = defaultdict(set)
        self._by_name: dict[str, set[str]] = defaultdict(set)
        sql = (
            "SELECT t.id, t.name, t.teacher_no, t.id_number, i.name AS school FROM teacher AS t"
            " LEFT JOIN institution AS i ON i.id = t.school_id"
        )
        for row in office.store.query(sql):
            self._names[row["id"]] = row["name"]
            self._schools[row["id"]] = key(row["school"] or "")
            self._by_name[key(row["name"])].add(row["id"])
            for number in (row["teacher_no"], row["id_number"]):
                if number:
                    self._by_number[number.upper()].add(row["id"])

    def called(self, stem: str) -> tuple[str, str] | str:
        """The one teacher a file is named after (identity and name), or why there is none."""
        parts = [stem, *(part for part in _BETWEEN.split(stem) if part)]
        numbered = self._meant(self._by_number, (identifier(part).upper() for part in parts))
        named = self._meant(self._by_name, (key(clean_name(part)) for part in parts))
        found = numbered & named if numbered and named else numbered or named
        if numbered and named and not found:
            return "文件名里的号码和姓名不是同一个人"
        if not found:
            return _nobody(parts)
        if len(found) > 1:
            found = self._at_schools(found, parts)
        if len(found) > 1:
            return f"有 {len(found)} 人叫这个名字，请改用教师编号或身份证号作文件名"
        identity = next(iter(found))
        return identity, self._names[identity]

    @staticmethod
    def _meant(known: dict[str, set[str]], texts: Iterable[str]) -> set[str]:
        return {one for text in texts for one in known.get(text, ())}

    def _at_schools(self, found: set[str], parts: Sequence[str]) -> set[str]:
        """Those of several who work at a school the file names in full."""
        schools = {key(part) for part in parts}
        return {one for one in found if self._schools[one] in schools} or found


def _nobody(parts: Sequence[str]) -> str:
    """Why nobody was found; a number is not repeated, for it may be somebody's."""
    numbers = [part for part in parts if len(identifier(part)) == LENGTH]
    return "名册中没有这个身份证号" if numbers else "名册中没有这个编号或姓名"
