"""Which backups rotation keeps: ten days, twelve months, and every copy made before a restore."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from models.store.folder import (
    Kept,
    Reason,
    backup_folder,
    backups,
    new_backup,
    rotate,
    superfluous,
)

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=timezone(timedelta(hours=8)))


def kept(moment, reason=Reason.LEAVING):
    stamp = f"{moment:%Y%m%d-%H%M%S}"
    return Kept(Path(f"office-{stamp}-{reason}.db"), stamp, reason)


def remaining(all_of_them):
    gone = superfluous(all_of_them)
    return [one for one in all_of_them if one not in gone]


def test_ten_days_and_twelve_months_of_daily_backups_stay():
    daily = [kept(NOON - timedelta(days=day)) for day in range(600)]
    left = remaining(daily)
    assert len(left) == 10 + 11
    assert left[:10] == daily[:10]
    months = {one.moment[:6] for one in left}
    assert len(months) == 12


def test_of_several_backups_of_one_day_the_last_stays():
    hours = [kept(NOON - timedelta(hours=hour)) for hour in range(5)]
    assert remaining(hours) == hours[:1]


def test_copies_made_before_a_restore_stay_for_ever():
    restores = [kept(NOON - timedelta(days=day), Reason.RESTORE) for day in range(400)]
    assert remaining(restores) == restores


def test_the_last_three_copies_made_before_an_upgrade_stay():
    upgrades = [kept(NOON - timedelta(days=day), Reason.UPGRADE) for day in range(8)]
    assert remaining(upgrades) == upgrades[:3]


@given(
    st.lists(
        st.tuples(st.integers(0, 2000), st.sampled_from(list(Reason))), unique=True, max_size=60
    )
)
def test_rotation_is_settled_after_one_round_and_never_takes_the_newest(ages):
    every = [kept(NOON - timedelta(hours=7 * hours), reason) for hours, reason in ages]
    left = remaining(every)
    assert superfluous(left) == []
    for reason in Reason:
        of_reason = [one for one in every if one.reason is reason]
        if of_reason:
            assert max(of_reason, key=lambda one: one.moment) in left


def test_rotation_touches_only_this_files_automatic_backups(tmp_path):
    path = tmp_path / "办公室.db"
    mine = []
    for day in range(15):
        file = new_backup(path, Reason.LEAVING, NOON - timedelta(days=day))
        file.touch()
        mine.append(file)
    others = [
        backup_folder(path) / "办公室-20200101-000000-手动.db",
        backup_folder(path) / "别的-20200101-000000-自动.db",
        backup_folder(path) / "说明.txt",
    ]
    for file in others:
        file.touch()
    assert len(backups(path)) == 15
    assert [one.file for one in backups(path)] == mine
    gone = rotate(path)
    # The 15 days reach back into one month only, so nothing more than the ten days is kept.
    assert sorted(gone) == sorted(mine[10:])
    assert all(file.exists() for file in others)
    assert rotate(path) == []


def test_rotation_takes_away_what_a_crash_left_of_a_backup(tmp_path):
    path = tmp_path / "办公室.db"
    kept = new_backup(path, Reason.EXCHANGE, NOON)
    unfinished = [kept.with_name(f"{kept.name}.part{end}") for end in ("", "-journal")]
    other = kept.with_name("办公室-20200101-000000-手动.db.part")
    for file in (kept, *unfinished, other):
        file.touch()
    assert [one.file for one in backups(path)] == [kept]
    assert sorted(rotate(path)) == unfinished
    assert set(backup_folder(path).iterdir()) == {kept, other}


def test_two_backups_of_the_same_second_have_two_names(tmp_path):
    path = tmp_path / "office.db"
    first = new_backup(path, Reason.RESTORE, NOON)
    first.touch()
    second = new_backup(path, Reason.RESTORE, NOON)
    second.touch()
    assert first != second
    assert {one.file for one in backups(path)} == {first, second}


def test_a_file_without_backups_has_none(tmp_path):
    assert backups(tmp_path / "office.db") == []
    assert rotate(tmp_path / "office.db") == []
