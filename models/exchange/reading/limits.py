"""How much of a file is believed: bounds that no honest roster meets, and the refusal beyond them.

A hostile file is small and unpacks to gigabytes, names a cell in the last row and column, or
refers to one long text from each of a million cells. Every reader asks the same budget before it
keeps anything, so that memory stays bounded whatever the format.
"""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1 << 20
TEXT_FILE = 40 * MEGABYTE
"""Bytes of a CSV file, web table or BIFF workbook that are read at most."""
WEB_FILE = 16 * MEGABYTE
"""Bytes of a web table that are read at most."""
ARCHIVE_FILE = 512 * MEGABYTE
"""Bytes of a zipped workbook; photos may make it big, and only its tables are unpacked."""
PARTS = 2_000
"""Parts of a zipped workbook."""
DIRECTORY = 2 * MEGABYTE
"""Bytes of the directory of a zipped workbook."""
PLAIN_UNPACKED = 200 * MEGABYTE
"""Unpacked bytes that an archive may promise whatever its ratio."""
SANE_RATIO = 60
"""How well a bigger archive may pack: a million empty formatted rows reach 40."""
UNPACKED = 800 * MEGABYTE
"""Unpacked bytes of the parts that are read, counted while they are read."""
BOMB_FROM = 16 * MEGABYTE
BOMB_RATIO = 150
"""An archive or a part beyond this size that packs better than this is a bomb; rosters reach 40."""
SHEETS = 300
ROW = 1_048_576
COLUMN = 16_384
CELLS = 4_500_000
"""Places of the rows kept, blank ones between others included (100,000 rows of 45 columns)."""
TEXT = 60_000_000
"""Characters of all different texts kept."""
LONGEST_TEXT = 1_000_000
"""Characters of one text; Excel itself ends at 32,767."""
STRINGS = 1_500_000
"""Different texts kept."""
MERGED = 500_000
"""Cells that are filled from merged ranges."""
RECORD = 2 * MEGABYTE
"""Characters of one record of a CSV file."""


class Refusal(Exception):  # noqa: N818 - it becomes a UserError as soon as the file's name is known
    """The file cannot be read as a workbook.

    Attributes:
        code: a stable name such as ``"import.damaged"``.
        reason: the rest of a Chinese sentence that begins with the file's name.
        hint: what to do next.
    """

    def __init__(self, code: str, reason: str, hint: str = "") -> None:
        super().__init__(f"{code}: {reason}")
        self.code = code
        self.reason = reason
        self.hint = hint


SAVE_AGAIN = "请用 WPS 或 Excel 打开它，另存为 .xlsx 后再导入。"
SEND_AGAIN = "请向报送单位重新索取，或换一个U盘重新拷贝。"


def damaged(reason: str = "已损坏，无法完整读取。") -> Refusal:
    """The refusal of a file whose bytes are not what its format demands."""
    return Refusal("import.damaged", reason, SEND_AGAIN)


def oversized(reason: str = "的内容大得不像名册，为保证安全没有读取。") -> Refusal:
    """The refusal of a file that would fill the memory."""
    return Refusal("import.too_big", reason, "请只保留需要导入的表格和行，删去其余内容后再导入。")


@dataclass(slots=True)
class Budget:
    """What may still be kept of one file; one budget serves all of its sheets."""

    cells_left: int = CELLS
    text_left: int = TEXT
    strings_left: int = STRINGS
    bytes_left: int = UNPACKED
    shared_left: int = TEXT

    def take_cells(self, count: int) -> None:
        """Account for the places of a row."""
        self.cells_left -= count
        if self.cells_left < 0:
            raise oversized()

    def take_text(self, length: int) -> None:
        """Account for one more text that is kept."""
        if length > LONGEST_TEXT:
            raise oversized("里有一格的文字长得不正常，没有读取。")
        self.text_left -= length
        self.strings_left -= 1
        if self.text_left < 0 or self.strings_left < 0:
            raise oversized()

    def restore(self, other: Budget) -> None:
        """Forget what was taken since ``other`` was copied from this budget."""
        self.cells_left, self.text_left = other.cells_left, other.text_left
        self.strings_left, self.bytes_left = other.strings_left, other.bytes_left
        self.shared_left = other.shared_left

    def take_bytes(self, count: int) -> None:
        """Account for bytes that were unpacked."""
        self.bytes_left -= count
        if self.bytes_left < 0:
            raise oversized("解压后大得不正常，疑似恶意文件，没有读取。")
