"""A random walk through everything that may happen between a county and its schools."""

from __future__ import annotations

import random
from datetime import datetime
from pathlib import Path

from models.errors import UserError
from models.staff.moves import move_teachers
from models.store.backup import backup, restore
from models.sync.board import board
from models.sync.choices import held, settle, waiting
from tests.exchanging import World, assert_alike, change, opened
from tests.offices import CHINA
from tests.people import teachers


class Walk:
    """The steps of one walk, and the packages that are on their way."""

    def __init__(self, world: World, seed: int):
        self.world = world
        self.random = random.Random(seed)
        self.under_way: list[tuple[object, Path]] = []
        self.saved: list[tuple[str, Path]] = []
        self.said: list[str] = []
        self.typed: list[tuple[str, str]] = []

    def some_file(self):
        return self.random.choice([self.world.county, *self.world.schools.values()])

    def someone(self, office):
        found = office.store.tuples(
            "SELECT id FROM teacher WHERE id NOT IN (SELECT id FROM sync_guest) ORDER BY id"
        )
        return self.random.choice(found)[0] if found else None

    def edit(self):
        office = self.some_file()
        one = self.someone(office)
        if one:
            column = self.random.choice(["phone", "remark", "former_name"])
            self.typed.append((one, f"typed {len(self.typed)}"))
            change(office, "teacher", one, **{column: self.typed[-1][1]})

    def is_known(self, row, words):
        """Whether the county's journal has what was typed, shown or not."""
        return self.world.county.store.value(
            "SELECT 1 FROM version WHERE row = ? AND instr(vals, ?)", (row, f'"{words}"')
        )

    def join(self):
        name = self.random.choice(list(self.world.schools))
        office = self.random.choice([self.world.county, self.world.schools[name]])
        teachers(office, self.world.institutions[name], 1, id_number=None)

    def delete(self):
        office = self.some_file()
        one = self.someone(office)
        if one and not office.store.value(
            "SELECT 1 FROM ledger_entry WHERE teacher_id = ?", (one,)
        ):
            with office.store.operation("test", "删"):
                office.store.execute("DELETE FROM teacher WHERE id = ?", (one,))

    def move(self):
        one = self.someone(self.world.county)
        name = self.random.choice(list(self.world.schools))
        if one:
            place = self.world.institutions[name]
            move_teachers(self.world.county, [one], place, "2026-11-20")

    def write(self):
        name = self.random.choice(list(self.world.schools))
        if self.random.random() < 0.5:
            self.under_way.append((name, self.world.down(name)))
        else:
            self.under_way.append(("", self.world.up(name)))

    def read(self):
        if self.under_way:
            place, file = self.random.choice(self.under_way)
            office = self.world.schools[place] if place else self.world.county
            found = self.world.take(office, file)
            assert found.state in {"applied", "already", "gap"}, found

    def lose(self):
        if self.under_way:
            self.under_way.remove(self.random.choice(self.under_way))

    def settle(self):
        office = self.some_file()
        found = waiting(office)
        if found:
            try:
                settle(office, self.random.choice(found).id, self.random.choice(["mine", "theirs"]))
            except UserError as refused:  # rows refer to the one to be deleted
                self.said.append(refused.code)

    def save(self):
        """Keep a copy of a file for a day when it is put back."""
        name = self.random.choice(["", *self.world.schools])
        file = self.world.folder / f"saved-{len(self.saved)}.db"
        backup(self.world.file(name).store, file, thorough=False)
        self.saved.append((name, file))

    def set_back(self):
        """Put an older copy in the place of a file: a restore card, a Ghost image, a backup."""
        if self.saved:
            name, file = self.random.choice(self.saved)
            path = self.world.file(name).store.path
            self.world.close()
            restore(path, file)
            self.world = opened(self.world.folder)

    def set_clock(self):
        """A clock that jumps by decades: an empty battery, a wrong year."""
        year = self.random.randrange(1971, 2099)
        self.some_file().store.clock.moment = datetime(year, 2, 28, 8, 0, tzinfo=CHINA)

    def go(self, steps: int, *, set_back: bool = False):
        """Take steps, then exchange until nothing is under way, and look whether all agree."""
        kinds = [self.edit] * 4 + [self.write] * 3 + [self.read] * 5
        kinds += [self.save, self.set_back] if set_back else []
        kinds += [self.join, self.delete, self.move, self.lose, self.settle, self.set_clock]
        for _ in range(steps):
            kind = self.random.choice(kinds)
            self.said.append(kind.__name__)
            kind()
        for _ in range(4):
            for name in self.world.schools:
                self.world.take(self.world.county, self.world.up(name))
                self.world.take(self.world.schools[name], self.world.down(name))
                for one in held(self.world.county):
                    settle(self.world.county, one.id, "theirs")
        self.world.exchange()
        assert held(self.world.county) == []
        assert_alike(self.world)
        # A file that was put back has lost what it had not told.
        lost = [one for one in self.typed if not self.is_known(*one)]
        assert lost == [] or self.saved
        for one in board(self.world.county):
            assert not one.standing.differs
            assert one.standing.want == ""
