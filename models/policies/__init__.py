"""What the documents demand: dated rule packs of each place, and the exact sums they prescribe.

A rule is data (``resources/policies/*.toml``, or a pack the office wrote itself) with its clause
and quote, valid from a day to a day in one region. Owns the tables ``own_pack`` and ``policy_use``;
judges nobody by itself: it only says what the rule is.
"""
