"""What residents see that joins contexts: the first page, and the check of a paper."""
