"""``certificate …``: issuing, printing, voiding and checking certificates."""
