"""证书样式: a form laid on its sheet with rulers and grid, moved by hand, seen as it will print.

Pure modules first (``document``, ``snapping``), then the draft with its steps, then what is shown.
The rest of the window loads the view lazily: it stands on the kit of the papers.
"""
