"""Paper: everything of the office that is printed or handed out as a workbook to be read.

``kit`` holds fonts, styles, page furniture and rendering; ``documents`` one paper each, an input
and ``build(input)``; ``workbooks`` one-way workbooks; ``inputs`` gathers from the office what they
are made of; ``catalogue`` lists them all by name. Reads, never writes the office's data; no Qt.
"""
