"""``title …``: batches, nominations, grants, registrations and withdrawals of titles."""
