"""上报与收表: files for the levels above, what came of them, and files of the schools below."""
