"""报表目录: every paper of the office by name, with what it can be asked for.

The one list that the window and the command line print from. It gathers nothing itself: an entry
names the input, the document and the workbook it is made of.
"""
