"""Beginning and finding one's way: the first-start assistant and the menu bar."""
