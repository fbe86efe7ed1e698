"""师徒结对: a programme of mentoring pairs, led step by step from its scheme to its results."""
