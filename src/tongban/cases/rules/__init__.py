"""What is right for a case, from values alone: life, law, clocks, turns, intake, review, approvals."""
