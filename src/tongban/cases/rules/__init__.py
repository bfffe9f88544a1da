"""What is right for a case, decided from values alone: life, law, clocks, turns, intake, review, approvals."""
