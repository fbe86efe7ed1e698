"""Excel 导入: choose files, match columns, check every row, take them in; the imports made so far."""
