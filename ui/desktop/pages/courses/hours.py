"""学时: from results to the ledger, and to certificates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.desktop.pages.courses.tab import NAME, NUMBER, SCHOOL, DeskTab
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.tasks.session import Session
from ui.desktop.widgets.table.source import TableColumn

if TYPE_CHECKING:
    from models.certificates.issuing import Issued
    from models.training.posting import PostedCourse

_JOBS = "ui.desktop.pages.courses.jobs"
post = Lazy(_JOBS, "post")
issue = Lazy(_JOBS, "issue")
COLUMNS = (
    NUMBER,
    NAME,
    SCHOOL,
    TableColumn("result", "结果", 5),
    TableColumn("hours", "学时", 4, numeric=True),
    TableColumn("posted", "台账", 5),
)


class HoursTab(DeskTab):
    """The hours of a course."""

    def __init__(self, session: Session) -> None:
        """Make the tab."""
        load = Lazy("ui.desktop.pages.courses.loads", "hours")
        super().__init__(session, "学时", COLUMNS, load, "还没有学员。")
        self.add("记学时", self.post, kind="primary")
        self.add("发证", self.issue)
        self.bar.addStretch(1)

    def post(self) -> None:
        """Enter the hours of those who passed."""
        self.write("正在登记学时", post.bind(self.course), self._posted)

    def issue(self) -> None:
        """Issue certificates to those who passed."""
        self.write("正在发证", issue.bind(self.course), self._issued)

    def _posted(self, done: PostedCourse) -> None:
        words = f"已为 {done.posted:,} 人登记学时"
        words += f"，{done.before:,} 人先前已登记" if done.before else ""
        words += f"，{done.not_passed:,} 人未合格" if done.not_passed else ""
        if done.elsewhere:
            named = "、".join(done.elsewhere[:3])
            words += f"；{named}等 {len(done.elsewhere)} 人已从别处登记过同一培训，没有重复计"
        self.session.undo_offered.emit(words, done.operation.id)

    def _issued(self, done: Issued) -> None:
        words = f"已发证 {len(done.certificates):,} 本"
        words += f"，{done.before:,} 人先前已有证" if done.before else ""
        self.session.undo_offered.emit(f"{words}；可在“证书”中打印", done.operation.id)
