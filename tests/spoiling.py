"""Packages a registered sender wrote with something spoilt in them, and what becomes of them.

Each layer spoils another depth: the bytes on the stick; what the seal holds; the header and the
lines, spoilt by the right signer himself. A reader answers a sentence or takes it; anything else,
a process that works for a minute or one that takes a gigabyte, is a fault of the program.
"""

from __future__ import annotations

import base64
import copy
import json
import random
import secrets
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from models.errors import UserError
from models.office.context import Office
from models.store.check import check
from models.sync import age
from models.sync.applying import take
from models.sync.envelope import BLOCK, PURPOSE, Opened, seal
from models.sync.own_keys import own_keys
from models.sync.post import unpack
from models.sync.strict_json import canonical
from tests.exchanging import RED, World, change, opened, ours, red

LAYERS = ("bytes", "plain", "header", "lines")
FRESH = 60
"""Cases after which the reader's file is looked over and put back to what it was."""
Case = Callable[["Letter", random.Random], bytes]
LENGTHS = (0, 1, 1, 1, 16, 512, 4096)


@dataclass(frozen=True, slots=True)
class Letter:
    """An honest package between two offices.

    Attributes:
        sender, reader: the offices.
        content: the package.
        opened: what is in it.
    """

    sender: Office
    reader: Office
    content: bytes
    opened: Opened


def places(said: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place in nested objects and lists."""
    inside = said.items() if isinstance(said, dict) else enumerate(said)
    for key, value in list(inside):
        yield (*at, key)
        if isinstance(value, dict | list):
            yield from places(value, (*at, key))


def changed(said: Any, chance: random.Random, others: tuple[Any, ...] = ()) -> Any:
    """Nested objects with one or two places spoilt, by odd values or by ``others``."""
    spoilt = copy.deepcopy(said)
    for _ in range(chance.randint(1, 2)):
        *way, last = chance.choice(list(places(spoilt)))
        owner = spoilt
        for key in way:
            owner = owner[key]
        old = owner[last]
        odd = [None, True, -1, 2**60, "", "x" * 500, [], {}, [[]], [None], {"a": 1}, "é", "\n"]
        if isinstance(old, str) and old:
            odd += [old[:-1], old + "0", old.upper(), old[::-1], "0" * len(old)] * 2
        alike = [one for one in others if type(one) is type(old)]
        likely = alike if alike and chance.random() < 0.6 else [*odd, *others]
        owner[last] = copy.deepcopy(chance.choice(likely))
    return spoilt


def damaged(content: bytes, chance: random.Random) -> bytes:
    """Bytes with up to four places cut, wiped or overwritten."""
    found = bytearray(content)
    for _ in range(chance.randint(1, 4)):
        at, length = chance.randrange(len(found) + 1), chance.choice(LENGTHS)
        found[at : at + length] = chance.choice((b"", bytes(length), chance.randbytes(length)))
    return bytes(found)


def letters(folder: Path) -> tuple[World, dict[str, Letter]]:
    """The world whose closed files lie in a folder, and a package each way with much in it."""
    world = opened(folder)
    for number, teacher in enumerate(ours(world)):
        change(red(world), "teacher", teacher, phone=f"1380000000{number}")
        change(world.county, "teacher", teacher, phone=f"1390000000{number}")
    sides = {"up": (red(world), world.county), "down": (world.county, red(world))}
    found: dict[str, Letter] = {}
    for name, (sender, reader) in sides.items():
        file = world.up(RED, whole=True) if name == "up" else world.down(RED, whole=True)
        content = file.read_bytes()
        found[name] = Letter(sender, reader, content, unpack(reader, content))
    return world, found


def spoilt(layer: str, letter: Letter, chance: random.Random) -> bytes:
    """The package, spoilt at one depth; signed and sealed rightly from there outwards."""
    return _SPOILING[layer](letter, chance)


def _bytes(letter: Letter, chance: random.Random) -> bytes:
    return damaged(letter.content, chance)


def _plain(letter: Letter, chance: random.Random) -> bytes:
    plain = age.unsealed(letter.content, own_keys(letter.reader).openers)
    found = damaged(plain[: chance.choice((200, 4000, len(plain)))], chance)
    return age.sealed(found + bytes(-len(found) % 4096), [own_keys(letter.reader).public.seal])


def _header(letter: Letter, chance: random.Random) -> bytes:
    plain = age.unsealed(letter.content, own_keys(letter.reader).openers)
    line, _, rest = plain.partition(b"\n")
    _, _, frame = rest.partition(b"\n")
    said = {**json.loads(line), "id": secrets.token_hex(16)}
    line = canonical(changed(said, chance, (2**63, *_leaves(said))))
    signature = base64.b64encode(own_keys(letter.sender).signer.sign(PURPOSE, line))
    packed = frame[: said["z"]]
    plain = b"\n".join((line, signature, packed))
    return age.sealed(plain + bytes(-len(plain) % BLOCK), [own_keys(letter.reader).public.seal])


def _lines(letter: Letter, chance: random.Random) -> bytes:
    honest = letter.opened.payload.decode().split("\n")
    lines = list(honest)
    for _ in range(chance.randint(1, 3)):
        at = chance.randrange(len(lines))
        how = chance.randrange(10)
        if how == 0:
            del lines[at]
        elif how == 1:
            lines.insert(chance.randrange(len(lines)), lines[at])
        elif how == 2:
            lines[at] = damaged(lines[at].encode(), chance).decode("utf-8", "replace")
        else:
            pool = (
                2**63,
                -(2**63) - 1,
                1.5,
                "9999-99-99",
                0,
                *_leaves(json.loads(chance.choice(honest))),
            )
            at = chance.randrange(len(honest))
            line = changed(json.loads(honest[at]), chance, pool)
            lines[min(at, len(lines) - 1)] = json.dumps(
                line, ensure_ascii=False, separators=(",", ":")
            )
    return _written(letter, "\n".join(lines).encode())


def _leaves(said: Any) -> Iterator[Any]:
    for way in places(said):
        value = said
        for key in way:
            value = value[key]
        yield value


def _written(letter: Letter, payload: bytes) -> bytes:
    number = letter.opened.facts.number + secrets.randbelow(40)
    facts = replace(letter.opened.facts, package=secrets.token_hex(16), number=number)
    return seal(payload, facts, own_keys(letter.sender), own_keys(letter.reader).public)


_SPOILING: dict[str, Case] = {
    "bytes": _bytes,
    "plain": _plain,
    "header": _header,
    "lines": _lines,
}


def survey(
    template: Path, folder: Path, layer: str, goes_on: Callable[[int], bool], seed: int
) -> Counter[str]:
    """Let both sides read spoilt packages as long as ``goes_on`` says; what became of how many.

    Anything but a sentence or a package that was taken comes out as it was raised; the package lies
    in ``folder`` then, as ``last``.
    """
    found: Counter[str] = Counter()
    while goes_on(found.total()):
        shutil.copytree(template, folder / "world")
        world, both = letters(folder / "world")
        for one in range(FRESH):
            letter = both["down" if one % 2 else "up"]
            content = spoilt(layer, letter, random.Random(f"{seed} {found.total()}"))
            (folder / "last").write_bytes(content)
            found[became(letter, content)] += 1
        for office in (world.county, red(world)):
            report = check(office.store)
            assert report.ok, report.findings
        world.close()
        shutil.rmtree(folder / "world")
    return found


def became(letter: Letter, content: bytes) -> str:
    """What became of one package."""
    try:
        return take(letter.reader, unpack(letter.reader, content)).state
    except UserError as error:
        return error.code
