"""What is right about plans: terms, the life of a measure, its clock, and what a spreadsheet may bring."""
