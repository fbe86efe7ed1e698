"""Photos of teachers: one chosen for a card, a folder of them taken in."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from models.office.context import Office
from models.progress import Progress
from models.staff.photo_import import Left, PhotoSet, PhotosImported, import_photos, set_photo
from models.staff.photos import remove_photo
from models.staff.pictures import PHOTO_BYTES
from models.store.operations import Operation
from ui.desktop.tasks.session import Session
from ui.desktop.widgets.dialogs import Answer, Sheet
from ui.desktop.widgets.page import Page
from ui.desktop.widgets.parts import label
from ui.desktop.widgets.saving import ask_for_file
from ui.desktop.widgets.small_grid import SmallGrid

PHOTOS = "照片 (*.jpg *.jpeg *.png *.bmp *.tif *.tiff)"
LISTED = 300


def choose_photo(session: Session, parent: QWidget, teacher_id: str) -> None:
    """Ask for a picture file and keep it as the teacher's photo."""
    file = ask_for_file(parent, "选择照片", PHOTOS)
    if file is not None:
        keep_photo(session, teacher_id, file)


def keep_photo(session: Session, teacher_id: str, file: Path) -> None:
    """Keep a picture file as the teacher's photo; what there is to say of it is said."""

    def work(office: Office, _progress: Progress) -> PhotoSet:
        with file.open("rb") as stream:
            return set_photo(office, teacher_id, stream.read(PHOTO_BYTES + 1))

    def done(kept: PhotoSet) -> None:
        said = f"照片{'；'.join(kept.remarks)}" if kept.remarks else "照片已保存"
        session.undo_offered.emit(said, kept.operation.id)

    session.write("正在保存照片", work, done)


def take_away(session: Session, teacher_id: str) -> None:
    """Take the teacher's photo away; the bar offers to undo it."""

    def work(office: Office, _progress: Progress) -> Operation:
        return remove_photo(office, teacher_id)

    session.write(
        "正在移除照片", work, lambda done: session.undo_offered.emit("照片已移除", done.id)
    )


def import_folder(session: Session, page: Page) -> None:
    """Ask for a folder of photos and take them in."""
    chosen = QFileDialog.getExistingDirectory(page, "选择照片所在的文件夹")
    if chosen:
        import_from(session, page, Path(chosen))


def import_from(session: Session, page: Page, folder: Path) -> None:
    """Take the photos of a folder in, and say what became of each."""

    def work(office: Office, progress: Progress) -> PhotosImported:
        return import_photos(office, folder, progress)

    session.write("正在导入照片", work, partial(_told, session, page))


def _told(session: Session, page: Page, result: PhotosImported) -> None:
    said = summary(result)
    if result.left or result.remarks:
        PhotoReport(page, said, [*result.left, *result.remarks]).open()
    if result.operation is not None and result.changed.count:
        session.undo_offered.emit(said, result.operation.id)
    elif not result.left:
        session.told.emit(said, "info")


def summary(result: PhotosImported) -> str:
    """One sentence on what an import did."""
    counts = result.counts
    parts = [f"新增照片 {counts['new']:,} 人"]
    if counts["changed"]:
        parts.append(f"更换 {counts['changed']:,} 人")
    if counts["same"]:
        parts.append(f"没有变化 {counts['same']:,} 人")
    if result.left:
        parts.append(f"{len(result.left):,} 个文件没有用上")
    return "，".join(parts) + "。"


class PhotoReport(Sheet):
    """Which files were not taken and why, and which were taken with a remark."""

    def __init__(self, parent: QWidget, said: str, lines: Sequence[Left]) -> None:
        """List the files."""
        super().__init__("照片导入结果", parent, 640)
        self.grid = SmallGrid("照片文件", ("文件", "情况"), 1)
        self.grid.setColumnWidth(0, 260)
        self.grid.setMinimumHeight(300)
        self.grid.show_lines([(one.file, one.reason) for one in lines[:LISTED]])
        self.body.addWidget(label(said, "heading", wrap=True))
        self.body.addWidget(self.grid, 1)
        if len(lines) > LISTED:
            self.body.addWidget(label(f"只列出前 {LISTED} 个，共 {len(lines):,} 个。", "caption"))
        self.foot.addStretch(1)
        self.add_answer(Answer("知道了", kind="primary"))
