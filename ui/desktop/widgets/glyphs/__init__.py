"""造字图片: the pad to draw a character on, and the window that keeps it for a person's name."""
