"""``upload …``: files for the levels above, what came back, transfers there."""
