"""``team …``: tutoring teams, their people, their work, and where they are missing."""
