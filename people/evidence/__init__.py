"""What can be shown to have happened: the ledger, its heads outside, and rows held against their history."""
