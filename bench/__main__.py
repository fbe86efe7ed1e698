"""``python -m bench [--people N]``: every job against its peers; exit 1 if a goal is missed."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from bench import jobs
from bench.exchange import exchange_job
from bench.exchange_county import Size
from bench.timing import report


def main() -> int:
    """Run every job for every size and print the ratios."""
    parser = argparse.ArgumentParser(prog="bench")
    parser.add_argument("--people", type=int, nargs="*", default=[3_000, 20_000])
    parser.add_argument("--only", default="", help="only jobs with this in their name")
    parser.add_argument(
        "--county",
        type=int,
        nargs=3,
        default=[6, 20, 10],
        metavar=("SCHOOLS", "TEACHERS", "ENTRIES"),
        help="size of the exchange: schools, teachers a school, entries a teacher",
    )
    options = parser.parse_args()
    reached = True
    if options.only in exchange_job.__name__:
        size = Size(*options.county)
        sys.stdout.write(f"— {size.schools} schools × {size.teachers} × {size.entries} —\n")
        with tempfile.TemporaryDirectory() as folder:
            for goal, found in exchange_job(Path(folder), size):
                reached = report(goal, found) and reached
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
