"""Words of the office as data: names, widths, pinyin, ID numbers, dates, amounts."""
