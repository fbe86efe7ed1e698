"""The terms of an exam between the form, where they are texts, and the use cases."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import cast

from models.entities.display import plain_decimal
from models.errors import UserError
from models.exams.quotas import read_count, read_fraction, read_rounding, write_fraction
from models.exams.records import DrawnBefore, ExamKind, ExamMode, ExamTerms, Session
from models.exams.terms import read_base, read_strata
from models.office.context import Office
from ui.desktop.widgets.answers import amount_of, day_of

Texts = Mapping[str, str]


def terms_from(office: Office, texts: Texts) -> ExamTerms:
    """What the form says; empty fields leave it to the rules in force.

    Raises:
        UserError: a year, day, time, share, number or mark that cannot be read.
    """
    said = texts.get
    return ExamTerms(
        code=said("code", ""),
        name=said("name", ""),
        year=_year(said("year", "")),
        base=read_base(texts["base"]) if said("base") else None,
        strata=read_strata(texts["strata"]) if "strata" in texts else None,
        fraction=read_fraction(texts["fraction"]) if said("fraction") else None,
        quota=read_count(texts["quota"]) if said("quota") else None,
        rounding=read_rounding(texts["rounding"]) if said("rounding") else None,
        stage=said("stage") or None,
        track=said("track") or None,
        status=said("status") or None,
        post=said("post") or None,
        gated=bool(said("gated")),
        drawn_before=cast("DrawnBefore", said("drawn_before") or "equal"),
        course_id=said("course_id") or None,
        pass_mark=_mark(said("pass_mark", "")),
        entries=2 if said("entries") == "2" else 1,
        session=_session(office, texts),
    )


def texts_of(terms: ExamTerms) -> dict[str, str]:
    """The terms as the form shows them."""
    session = terms.session
    return {
        "code": terms.code,
        "name": terms.name,
        "year": str(terms.year),
        "base": terms.base or "",
        "strata": ",".join(terms.strata or ()),
        "fraction": write_share(terms.fraction) if terms.fraction else "",
        "quota": str(terms.quota or ""),
        "rounding": terms.rounding or "",
        "stage": terms.stage or "",
        "track": terms.track or "",
        "status": terms.status or "",
        "post": terms.post or "",
        "gated": "1" if terms.gated else "",
        "drawn_before": terms.drawn_before,
        "course_id": terms.course_id or "",
        "pass_mark": "" if terms.pass_mark is None else plain_decimal(terms.pass_mark),
        "entries": str(terms.entries),
        "kind": session.kind,
        "mode": session.mode or "",
        "term": session.term,
        "level": session.level or "",
        "held_on": session.held_on or "",
        "starts_at": session.starts_at or "",
        "ends_at": session.ends_at or "",
        "places": session.places,
    }


def write_share(share: Fraction) -> str:
    """A share as the form shows it: 10 %, or 1/3 where it has no end."""
    hundred = share * 100
    return f"{write_fraction(hundred)}%" if "/" not in write_fraction(hundred) else str(share)


def _session(office: Office, texts: Texts) -> Session:
    held_on = texts.get("held_on", "")
    return Session(
        kind=cast("ExamKind", texts.get("kind") or "sample"),
        mode=cast("ExamMode | None", texts.get("mode") or None),
        term=texts.get("term", ""),
        level=texts.get("level") or None,
        held_on=day_of(office, held_on) if held_on else None,
        starts_at=_clock(texts.get("starts_at", "")),
        ends_at=_clock(texts.get("ends_at", "")),
        places=texts.get("places", ""),
    )


def _year(text: str) -> int:
    if not text.isdecimal():
        raise UserError("exam.year", f"年度“{text}”不对。", "请写四位数的年份，如 2025。")
    return int(text)


def _mark(text: str) -> Decimal | None:
    return amount_of(text)


def _clock(text: str) -> str | None:
    """``9:00`` and ``9：00`` as they are kept: 09:00."""
    tidy = text.replace("：", ":")
    return (tidy if len(tidy.partition(":")[0]) > 1 else f"0{tidy}") if tidy else None
