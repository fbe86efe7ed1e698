"""年度验印: a year judged, stamped school by school, and ended."""
