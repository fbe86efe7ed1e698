"""``python -m bench.certificate_batch FILE COUNT``: print a batch; seconds and peak megabytes."""

from __future__ import annotations

import hashlib
import random
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from PIL import Image

from models.progress import Progress
from reports.inputs.certificate_forms import shipped_texts
from reports.kit.copies import Copy, print_copies
from reports.kit.fonts import Fonts
from reports.kit.forms import parse_form
from reports.kit.furniture import Output
from reports.kit.paper import About
from resources import path

SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华建国玉兰红梅晓东春生"
SCHOOLS = ("第四中学", "实验小学", "红石砬子镇中心小学校", "第一幼儿园", "职业教育中心")
SUBJECTS = ("语文", "数学", "英语", "物理", "道德与法治")
PICTURES = 24


def photo_file(chance: random.Random) -> bytes:
    """A portrait of 295 × 413 dots, about 18 kB."""
    noise = Image.effect_noise((295, 413), chance.uniform(9, 12)).convert("RGB")
    out = BytesIO()
    noise.save(out, "JPEG", quality=72)
    return out.getvalue()


def signed(photo: bytes, number: int) -> bytes:
    """The photo with a comment (ITU-T T.81, B.2.4.5), so that no two are the same file."""
    remark = f"{number:08}".encode()
    return photo[:2] + b"\xff\xfe" + (len(remark) + 2).to_bytes(2) + remark + photo[2:]


class People(Sequence[Copy]):
    """Made-up holders, each made when it is asked for."""

    def __init__(self, count: int) -> None:
        """Make ready for so many."""
        self._count = count
        chance = random.Random(7)
        self._photos = [photo_file(chance) for _ in range(PICTURES)]

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, at: int) -> Copy:
        if not 0 <= at < self._count:
            raise IndexError(at)
        dice = hashlib.sha512(at.to_bytes(4)).digest()
        name = SURNAMES[dice[0] % 20] + GIVEN[dice[1] % 32] + GIVEN[dice[2] % 32][: dice[3] % 3]
        number = f"桦师训〔2026〕骨字第{at + 1:05}号"
        values = {
            "number": number,
            "name": name,
            "id_number": f"220282********{at % 10_000:04}",
            "school": f"桦甸市{SCHOOLS[dice[4] % 5]}",
            "batch": "第五期",
            "title": "县级骨干教师",
            "subject": SUBJECTS[dice[5] % 5],
            "valid_from": "2026年9月1日",
            "valid_to": "2029年8月31日",
            "issuer": "桦甸市教师进修学校",
            "issued_on": "二〇二六年九月一日",
        }
        code = f"TC1:{dice.hex().upper()}0123456789ABCDEFGHIJKL"
        return Copy(f"{name}（{number}）", values, signed(self._photos[at % PICTURES], at), code)


def print_batch(out: Path, people: People) -> None:
    """Print certificates of the shipped form with a photo."""
    form = parse_form(shipped_texts()["backbone"], "backbone")
    fonts = Fonts(path("fonts"), system=False)
    output = Output(out, fonts, datetime(2026, 9, 1, tzinfo=UTC), Progress())
    print_copies(form, people, About("骨干教师资格证书"), output)


def main() -> None:
    """Print the batch the command line asks for."""
    out, count = Path(sys.argv[1]), int(sys.argv[2])
    people = People(count)
    begun = time.process_time()
    print_batch(out, people)
    sys.stdout.write(f"{time.process_time() - begun} {peak_megabytes()}\n")


def peak_megabytes() -> float:
    """The most memory this process held; not what the one that started it did."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if "VmHWM" in line) / 1024


if __name__ == "__main__":
    main()
