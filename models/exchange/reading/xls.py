"""Workbooks of Excel 97 to 2003 (.xls) and of WPS (.et): BIFF records in an OLE container.

python-calamine reads the values. The records are walked beside it for what it leaves out: error
values, hidden rows, whether a password is set, and how large the tables claim to be.
"""

from __future__ import annotations

