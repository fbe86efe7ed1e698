"""Open the main window on a file and leave as soon as it is painted."""

from __future__ import annotations

import os
import sys

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from ui.desktop.app import main

if __name__ == "__main__":
    sys.exit(main(["-db", sys.argv[1], "-probe"]))
