"""会场大屏: the seed typed in public, and the drawn names school by school."""
