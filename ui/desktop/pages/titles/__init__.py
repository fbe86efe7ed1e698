"""骨干与名师: who holds which title, batches, registrations, coverage."""
