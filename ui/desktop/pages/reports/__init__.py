"""报表: every paper of the catalogue, with its options, to be seen, printed, saved, exported."""
