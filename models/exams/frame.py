"""The frozen list of the people a sample is drawn from, as a text anybody can hash.

The canonical text has one line per person, sorted by teacher number in code point order:
``teacher_no<TAB>stratum<LF>``, in UTF-8. The last line ends with LF as well.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from itertools import pairwise

from models.errors import UserError

_FORBIDDEN = re.compile(r"[\x00-\x1f\x7f\u0085\u2028\u2029]")


def frame_text(members: Iterable[tuple[str, str]]) -> str:
    """The canonical text of a frame.

    Args:
        members: teacher number and stratum of each person, in any order.

    Raises:
        UserError: nobody in it, a number twice, a control character in a number or stratum.
    """
    rows = sorted(members)
    if not rows:
        raise UserError(
            "exam.empty_frame", "抽签名单里一个人也没有。", "请检查抽测范围和教师的岗位状态。"
        )
    for before, after in pairwise(rows):
        if before[0] == after[0]:
            raise UserError(
                "exam.number_twice",
                f"教师编号 {after[0]} 在抽签名单里出现两次。",
                "请先在教师页合并或改正重复的编号。",
            )
    for number, stratum in rows:
        if not number or _FORBIDDEN.search(number) or _FORBIDDEN.search(stratum):
            raise UserError(
                "exam.bad_member",
                f"教师编号“{number}”（{stratum}）含有换行、制表符等不可见字符，或者是空的。",
                "请改正后再冻结名单。",
            )
    return "".join(f"{number}\t{stratum}\n" for number, stratum in rows)


def frame_hash(text: str | bytes) -> str:
    """The SHA-256 of the frame, as ``sha256sum`` prints it."""
    data = text.encode() if isinstance(text, str) else text
    return hashlib.sha256(data).hexdigest()


def read_frame(text: str) -> dict[str, str]:
    """The people of a frame text: teacher number to stratum, in the order of the text.

    Raises:
        UserError: a line without its tab, an empty text, a number twice, lines out of order.
    """
    if not text.endswith("\n"):
        raise UserError("exam.frame_cut", "名单文件不完整，最后一行没有换行。", "请重新取得文件。")
    members: dict[str, str] = {}
    last = ""
    for line_no, line in enumerate(text.split("\n")[:-1], start=1):
        number, tab, stratum = line.partition("\t")
        if not tab or not number or number <= last:
            raise UserError(
                "exam.frame_line",
                f"名单文件第 {line_no} 行有误（应为“编号<制表符>组别”，并按编号排列）。",
                "请重新取得文件。",
            )
        members[number] = stratum
        last = number
    return members


def by_stratum(members: Mapping[str, str]) -> dict[str, list[str]]:
    """Stratum to the numbers of its people; strata in code point order."""
    strata: dict[str, list[str]] = {}
    for number, stratum in members.items():
        strata.setdefault(stratum, []).append(number)
    return dict(sorted(strata.items()))
