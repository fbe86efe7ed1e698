"""What to do when something was lost or somebody left: a list, and a page with steps for each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QStackedWidget, QVBoxLayout, QWidget

from ui.desktop.pages.sync.enrolling import EnrolDeeds
from ui.desktop.widgets import tokens
from ui.desktop.widgets.dialogs import Sheet
from ui.desktop.widgets.parts import button, column, label, picture, row

AGAIN, END, KEYS = "again", "end", "keys"
RESCUE, RECOVERY, READMIT = "rescue", "recovery", "readmit"
ACTIONS = {
    AGAIN: "重新注册…",
    END: "停用注册…",
    KEYS: "更换密钥…",
    RESCUE: "用恢复码换新密钥…",
    RECOVERY: "打印恢复码…",
    READMIT: "恢复登记…",
}
OF_A_SCHOOL = (AGAIN, END)
CHOOSE_FIRST = "请先在“学校”里选中那所学校，再点“遇到问题…”。"


@dataclass(frozen=True, slots=True)
class Trouble:
    """A situation: what it is called, what to do about it, and what the window can do.

    Attributes:
        title, words: in the list.
        drawing: beside them.
        steps: what to do, one sentence each.
        deeds: keys of ``ACTIONS``.
        reason: proposed as the reason that history keeps.
    """

    title: str
    words: str
    drawing: str
    steps: Sequence[str]
    deeds: Sequence[str] = ()
    reason: str = ""


TROUBLES = (
    Trouble(
        "U 盘丢了",
        "包是加密的，捡到的人打不开。",
        "usb",
        (
            "不用作废什么：包只有收件的一方能打开，外面只看得见发件的编号、第几号、哪天。",
            "再写一个包带去就行，丢掉的那些改动都在里面。",
            "丢的是还没用过的注册文件，注册码也一起丢了的，按“注册码丢了”办。",
        ),
    ),
    Trouble(
        "学校的电脑坏了、丢了、重装了",
        "旧密钥作废，重新注册；带到县里的数据一条不少。",
        "hard-drive",
        (
            "学校有备份、密钥文件也在的：在学校的程序里从备份恢复，再读一次县里的包，不用重新注册。",
            "没有备份、或电脑落在别人手里的：点“重新注册”，旧电脑当即停用。",
            "把新的注册文件和打印的注册码分开带给学校，照第一次那样注册。",
            "只会丢掉从没写成包带出来的改动，请学校补录。",
        ),
        (AGAIN,),
        "电脑损坏或丢失",
    ),
    Trouble(
        "注册码忘了、注册单丢了",
        "没注册的重新写一份；已经注册的不用管。",
        "key-round",
        (
            "学校已经注册的：注册码用过就没有用了，不必处理。",
            "还没有注册的：点“重新注册”，旧的注册文件作废，写新的并显示新的注册码。",
            "注册单和 U 盘请分开带；也可以打电话把注册码念给学校。",
        ),
        (AGAIN,),
        "注册码丢失",
    ),
    Trouble(
        "学校管这件事的人离职了，或学校不再交换",
        "换操作人；不放心的重新注册；撤并的停用。",
        "users",
        (
            "正常交接的：在学校电脑的“设置”里改“操作人”，不用换密钥。",
            "电脑被带走、或不放心的：点“重新注册”，旧电脑不能再和县里交换。",
            "学校撤并、不再交换的：点“停用注册”。",
        ),
        (AGAIN, END),
        "经办人离职",
    ),
    Trouble(
        "县里管这件事的人离职了",
        "更换县里的密钥，各校自动知道。",
        "users",
        (
            "在“设置”里改“操作人”。",
            "点“更换密钥”，从现在起的包用新密钥；各校读到下一个包就自动认得。",
            "备份文件、写过包的 U 盘、封存的恢复码请一并交接。",
        ),
        (KEYS,),
        "经办人离职",
    ),
    Trouble(
        "县里的电脑坏了、丢了，或密钥被别人知道了",
        "用封存的恢复码换新密钥，各校不用重新注册。",
        "triangle-alert",
        (
            "电脑坏了、丢了的：在新电脑上从备份恢复数据，再点“用恢复码换新密钥”。",
            "密钥可能被别人知道了的：也用恢复码换，旧密钥当即作废。",
            "换好以后给每所学校写一次包。各校带来的包会把备份以后读过的数据补回来。",
            "没有恢复码的：只能给每所学校重新注册。所以请现在就打印恢复码，封存两份。",
        ),
        (RESCUE, RECOVERY),
        "电脑损坏或丢失",
    ),
    Trouble(
        "县里恢复了较早的备份，认不得学校的包",
        "凭学校带来的包把它重新记入名册，不用重新注册。",
        "rotate-ccw",
        (
            "备份以后才注册的学校，名册里没有了，读它的包会说认不得。",
            "点“恢复登记”，选那所学校带来的包；包里有县里发过的注册证明，核对无误就记入名册。",
            "再读一次它的包，备份以后的数据就补回来了。",
        ),
        (READMIT,),
    ),
)


class TroubleSheet(Sheet):
    """The list; a click shows the page of that situation."""

    def __init__(self, parent: QWidget, deeds: EnrolDeeds, school_id: str, name: str) -> None:
        """Open over the page, about a school where one is named."""
        super().__init__("遇到问题", parent, 640)
        self._deeds = deeds
        self._school = school_id
        self._name = name
        self.stack = QStackedWidget()
        self.stack.addWidget(self._list())
        for one in TROUBLES:
            self.stack.addWidget(self._about(one))
        self.body.addWidget(label(f"{name}：出了什么事？" if name else "出了什么事？", "heading"))
        self.body.addWidget(self.stack, 1)
        self.back = button("返回", self._back)
        self.back.hide()
        self.foot.addWidget(self.back)
        self.foot.addStretch(1)
        self.foot.addWidget(button("关闭", self.reject))

    def turn_to(self, place: int) -> None:
        """Show a situation."""
        self.stack.setCurrentIndex(place + 1)
        self.back.show()

    def _back(self) -> None:
        self.stack.setCurrentIndex(0)
        self.back.hide()

    def _list(self) -> QWidget:
        found = QWidget()
        lines = QVBoxLayout(found)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(tokens.GAP)
        for place, one in enumerate(TROUBLES):
            lines.addWidget(_tile(one, partial(self.turn_to, place)))
        lines.addStretch(1)
        return found

    def _about(self, one: Trouble) -> QWidget:
        found = QWidget()
        lines = QVBoxLayout(found)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(tokens.BLOCK)
        lines.addWidget(label(one.title, "title"))
        for place, text in enumerate(one.steps, start=1):
            line = row(label(f"{place}.", "muted"), label(text, wrap=True))
            line.setStretch(1, 1)
            lines.addLayout(line)
        if not self._school and set(OF_A_SCHOOL) & set(one.deeds):
            lines.addWidget(label(CHOOSE_FIRST, "muted", wrap=True))
        else:
            made = [self._button(one, deed) for deed in one.deeds]
            lines.addLayout(row(*made, None))
        lines.addStretch(1)
        return found

    def _button(self, one: Trouble, deed: str) -> QPushButton:
        kind = "primary" if deed == one.deeds[0] else ""
        return button(ACTIONS[deed], partial(self._do, deed, one.reason), kind=kind)

    def _do(self, deed: str, reason: str) -> None:
        """Close this window and open that of the deed."""
        self.accept()
        match deed:
            case x if x == AGAIN:
                self._deeds.enrol_again(self._school, self._name, reason)
            case x if x == END:
                self._deeds.end(self._school, self._name, reason)
            case x if x == KEYS:
                self._deeds.change_keys(reason)
            case x if x == RESCUE:
                self._deeds.rescue(reason)
            case x if x == READMIT:
                self._deeds.readmit()
            case _:
                self._deeds.make_recovery_code()


def _tile(one: Trouble, clicked: Callable[[], object]) -> QPushButton:
    found = button("", clicked)
    found.setObjectName("rowTile")
    found.setAccessibleName(one.title)
    found.setAccessibleDescription(one.words)
    found.setMinimumHeight(tokens.px(56))
    line = row(picture(one.drawing, tokens.PRIMARY, 22), 4)
    line.addLayout(column(label(one.title), label(one.words, "caption"), gap=tokens.px(1)), 1)
    line.addWidget(picture("chevron-right"))
    line.setContentsMargins(tokens.BLOCK, tokens.px(6), tokens.BLOCK, tokens.px(6))
    found.setLayout(line)
    for part in found.findChildren(QWidget):
        part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    return found
