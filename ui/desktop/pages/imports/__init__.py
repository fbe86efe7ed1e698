"""Excel 导入: choose files, check what they bring, take it in; moves to confirm; past imports."""
