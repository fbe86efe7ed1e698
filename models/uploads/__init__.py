"""Files for the levels above: forms as data, what was sent, what came back, transfers there."""
