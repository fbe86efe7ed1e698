"""学校: the institutions of the office, their belonging, and how they close and merge."""
