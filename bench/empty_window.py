"""Open an empty QMainWindow of the same Qt and leave as soon as it is painted."""

from __future__ import annotations

import os
import sys

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow

if __name__ == "__main__":
    app = QApplication(sys.argv)
    window = QMainWindow()
    window.show()
    QTimer.singleShot(20, app.quit)
    sys.exit(app.exec())
