"""The ledger of hours as a list."""
