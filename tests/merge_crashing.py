"""A program that reads one package after another until it is killed."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from tests.copies import take
from tests.crashing import say
from tests.stores import opened


def read(path):
    """Merge the packages beside the file; each is announced before it begins and once kept."""
    packages = json.loads(path.with_name("packages.json").read_text("utf-8"))
    with opened(path) as store:
        for number, lines in enumerate(packages):
            say(f"begin {number}")
            take(store, lines)
            say(f"kept {number}")
        say("done")
    sys.stdin.read()


if __name__ == "__main__":
    read(Path(sys.argv[1]))
