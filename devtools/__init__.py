"""What ``dev.py`` is made of: set-up, checks, packaging. Standard library only.

Prepares the folder in which the program is developed (virtual environment, locked libraries, fonts,
icons) and runs its tools. The program itself never imports this package and is shipped without it.
"""
