"""``pair …``: programmes of mentoring pairs, from surveys to results and sanctions."""
