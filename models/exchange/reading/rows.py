"""Which rows below a header are data: no blanks, page headers, totals, signatures or notes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from models.entities.cells import Raw
from models.exchange.reading.sheets import Sheet
from models.text.tidy import key

_TOTAL = re.compile(
    r"^(?:合计|总计|小计|共计|累计|总数|平均|人数合计|本页小计|本页合计)(?:$|[\d:：(（])"
)
_COUNTED = re.compile(r"^共?计?\d+[人名位所条]$|^共.{0,4}\d+.{0,3}[人名位所条]")
_SIGNATURE = re.compile(
    r"^(?:制表|填表|填报|审核|复核|核对|经办|统计|校长|园长|站长|负责人|分管|主管|单位|学校|联系人|报送|上报)"
    r".{0,8}(?:[:：]|签字|签名|签章|盖章|公章)"
)
_NOTE = re.compile(r"^(?:注|备注|说明|填表说明|填写说明|要求)\s*\d*[:：.、]")
_EXAMPLE = re.compile(r"^[(（【]?(?:示例|样例|例[:：]|例如|填写示例)")
_RUNNING = re.compile(r"^\d{1,6}(?:\.0)?$")
_LONG_NOTE = 16


class DataRows:
    """Row number and raw cells by field of every row of data below a header.

    The cells are taken from the sheet each time they are asked for: a second copy of a large
    table would cost more memory than the table.
    """

    def __init__(
        self,
        sheet: Sheet,
        header_rows: Sequence[int],
        fields: Mapping[int, str],
        texts: Sequence[str],
    ) -> None:
        """Find the rows of data.

        Args:
            sheet: the sheet.
            header_rows: the numbers of the header rows.
            fields: column index to field.
            texts: the header words of all columns.
        """
        self._sheet = sheet
        self._fields = fields
        self.numbers = tuple(_numbers(sheet, header_rows[-1], fields, texts))

    def __len__(self) -> int:
        return len(self.numbers)

    def __iter__(self) -> Iterator[tuple[int, dict[str, Raw]]]:
        for number in self.numbers:
            cells = self._sheet.row(number)
            yield (
                number,
                {
                    field: cells[column] if column < len(cells) else None
                    for column, field in self._fields.items()
                },
            )


def _numbers(
    sheet: Sheet, last_header: int, fields: Mapping[int, str], texts: Sequence[str]
) -> Iterator[int]:
    filled = _filled_by_merges(sheet)
    heads = [key(text) for text in texts]
    span = range(min(fields), max(fields) + 1)
    for number, cells in sheet.numbered():
        if number <= last_header:
            continue
        own = {
            column
            for column in range(len(cells))
            if cells[column] is not None and (number, column) not in filled
        }
        if own & fields.keys() and _is_data(cells, own, heads, span):
            yield number


def _is_data(cells: Sequence[Raw], own: set[int], heads: Sequence[str], span: range) -> bool:
    """Whether a row is about somebody; only its first words are looked at closely, for speed."""
    shown = [column for column in sorted(own) if column <= span[-1]]
    texts = [text for column in shown if (text := str(cells[column]).strip())]
    if not texts or _is_header(cells, shown, heads):
        return False
    first = [key(text) for text in texts[:3]]
    if any(_TOTAL.match(text) or _EXAMPLE.match(text) for text in first[:2]):
        return False
    if _SIGNATURE.match(first[0]) and len(texts) <= max(6, len(heads) // 2):
        return False
    if len(texts) == 1:
        return not (_RUNNING.match(first[0]) or len(first[0]) >= _LONG_NOTE or ":" in first[0])
    few = len(texts) <= len(first)
    return not (few and any(_NOTE.match(text) or _COUNTED.match(text) for text in first))


def _is_header(cells: Sequence[Raw], shown: Sequence[int], heads: Sequence[str]) -> bool:
    """Whether the header words stand again, as at the top of a printed page."""
    begin = [column for column in shown[:3] if column < len(heads) and heads[column]]
    if not any(key(str(cells[column])) == heads[column] for column in begin):
        return False
    same = sum(
        1
        for column in shown
        if column < len(heads) and heads[column] and key(str(cells[column])) == heads[column]
    )
    return same >= 2 and same * 2 >= len(shown)


def _filled_by_merges(sheet: Sheet) -> set[tuple[int, int]]:
    """The cells whose value stands in a merged cell above: they alone make no row."""
    return {
        (row, merge.left)
        for merge in sheet.merges
        if merge.bottom > merge.top
        for row in range(merge.top + 1, min(merge.bottom, merge.top + 5000) + 1)
    }
