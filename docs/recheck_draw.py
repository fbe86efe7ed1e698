"""Draw again from a record and its frame: python3 recheck_draw.py RECORD.json FRAME.txt."""

import json
import sys
from fractions import Fraction
from hashlib import sha256
from pathlib import Path

record = json.loads(Path(sys.argv[1]).read_text("utf-8"))
frame = Path(sys.argv[2]).read_bytes()
fingerprint, strata = sha256(frame).hexdigest(), {}
lines = "\n".join((record["seed"], record["exam"], fingerprint, ""))
for line in frame.decode().splitlines():
    number, stratum = line.split("\t")
    strata.setdefault(stratum, []).append(number)
if "count" in record:  # so many from each stratum
    wanted = {name: min(record["count"], len(people)) for name, people in strata.items()}
else:  # a share of each stratum, rounded as the record says
    share, half = Fraction(record["fraction"]), Fraction(1, 2)
    exact = {name: len(people) * share for name, people in strata.items()}
    if record["rounding"] == "ceiling":
        wanted = {name: -(-value // 1) for name, value in exact.items()}
    elif record["rounding"] == "half-up-min-1":
        wanted = {name: max(1, (value + half) // 1) for name, value in exact.items()}
    else:  # largest-remainder
        wanted = {name: value // 1 for name, value in exact.items()}
        left = max(1, (sum(exact.values()) + half) // 1) - sum(wanted.values())
        for name in sorted(exact, key=lambda one: (wanted[one] - exact[one], one))[:left]:
            wanted[name] += 1

same = sorted(strata) == [one["stratum"] for one in record["strata"]]
same &= fingerprint == record["frame_sha256"]
for one in record["strata"]:
    people = strata.get(one["stratum"], ())
    tickets = {no: sha256((lines + no).encode()).hexdigest() for no in people}
    order, quota = sorted(tickets, key=tickets.get), wanted.get(one["stratum"])
    same &= (one["size"], one["quota"]) == (len(order), quota)
    same &= (one["selected"], one["reserves"]) == (order[:quota], order[quota:])
print("一致：照记录和名单重新抽签，结果相同。" if same else "不一致！")
sys.exit(not same)
