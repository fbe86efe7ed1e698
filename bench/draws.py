"""A draw over 100,000 people with its record, against the bare hashing and the printing of it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from fractions import Fraction
from pathlib import Path

import resources
from bench.timing import Goal, medians
from models.exams.draw import Terms, draw_frame
from models.exams.drawing import write_record
from models.exams.frame import frame_hash, frame_text, read_frame
from models.progress import Progress
from reports.documents import draw_record
from reports.documents.draw_record import DrawnPerson, DrawRecord, Stratum
from reports.kit.fonts import Fonts

PEOPLE = 100_000
STRATA = 600
TERMS = Terms("2026-06", "36251436251436251436", Fraction(1, 10), "half-up-min-1")


def draw_job(folder: Path, _people: int) -> Iterator[tuple[Goal, dict[str, float]]]:
    """Always the largest county there is, whatever the size of the other jobs."""
    text = frame_text((f"2202820{n:06}", f"第{n % STRATA}学校") for n in range(PEOPLE))
    record = draw_frame(TERMS, text)
    fonts = Fonts(resources.path("fonts"))

    def ours() -> None:
        write_record(draw_frame(TERMS, text), folder / "record.json")

    def bare() -> None:
        """What no draw by these rules can do without: a hash each, an order, the record."""
        start = f"{TERMS.seed}\n{TERMS.exam}\n{frame_hash(text)}\n"
        order = sorted(
            (stratum, hashlib.sha256((start + number).encode()).hexdigest(), number)
            for number, stratum in read_frame(text).items()
        )
        (folder / "bare.json").write_text(json.dumps(order), "utf-8")

    def printed() -> None:
        draw_record.build(_paper(record), folder / "record.pdf", fonts, Progress(), overwrite=True)

    found = medians({"ours": ours, "bare": bare, "printing": printed})
    yield Goal("draw 100,000", "ours", "bare", 2.0), found
    yield Goal("draw 100,000", "ours", "printing", 1 / 3), found


def _paper(record: dict) -> DrawRecord:
    strata = record["strata"]
    return DrawRecord(
        title="抽签记录",
        office="桦甸市教师进修学校",
        printed_at=datetime(2026, 6, 1, 9, 0, tzinfo=timezone(timedelta(hours=8))),
        purpose="抽测",
        exam=record["exam"],
        base="学科教师",
        eligible=record["size"],
        rate="10%",
        rounding="四舍五入且不少于一人",
        drawn=record["drawn"],
        seed=record["seed"],
        seed_source="",
        frame_hash=record["frame_sha256"],
        drawn_at="2026-06-01 09:00",
        strata=tuple(
            Stratum(one["stratum"], one["size"], one["quota"], one["quota"], len(one["reserves"]))
            for one in strata
        ),
        people=tuple(
            DrawnPerson(one["stratum"], "张红梅", number, "数学", "抽中")
            for one in strata
            for number in one["selected"]
        ),
    )
