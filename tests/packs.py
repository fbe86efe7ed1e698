"""Rule packs for tests that no shipped one serves."""

from __future__ import annotations

LESSENED = """
id = "local"
title = "本地规则"
region = "220282"
document = "示例"
valid_from = 2021-01-01
[[requirements]]
id = "cycle"
title = "周期"
clause = "一"
least = 360
prorate = "months"
relief = ["产假"]
[[requirements]]
id = "year"
title = "每年"
clause = "二"
window = "year"
least = 60
relief = ["产假"]
"""
"""Less is owed by a late start and by approved leave."""
