"""规则: the rule packs in plain sentences, which holds when, writing one's own, comparing two."""
