"""设置: who the office is, how the window looks, where the data lie, the code tables."""
