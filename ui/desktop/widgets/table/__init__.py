"""The data table: rows by page, Excel-like keys, columns a person arranges once."""
