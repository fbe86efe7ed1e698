"""How an entity of the office is described once, and how raw cells become its clean values.

The form, the table columns, the Excel template, the import check, its messages and the manual's
field list all derive from the description. Knows no database and no workbook.
"""
