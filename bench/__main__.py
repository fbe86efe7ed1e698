"""``python -m bench [--people N]``: every job against its peers; exit 1 if a goal is missed."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from bench import jobs
from bench.timing import report


def main() -> int:
    """Run every job for every size and print the ratios."""
    parser = argparse.ArgumentParser(prog="bench")
    parser.add_argument("--people", type=int, nargs="*", default=[3_000, 20_000])
    parser.add_argument("--only", default="", help="only jobs with this in their name")
    options = parser.parse_args()
    reached = True
    for people in options.people:
        sys.stdout.write(f"— {people} teachers —\n")
        for job in jobs.JOBS:
            if options.only not in job.__name__:
                continue
            with tempfile.TemporaryDirectory() as folder:
                for goal, found in job(Path(folder), people):
                    reached = report(goal, found) and reached
    return 0 if reached else 1


if __name__ == "__main__":
    sys.exit(main())
