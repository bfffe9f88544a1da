"""Pure libraries: calendar, codes, forms, tlog. They import nothing of ours, know no clock and no database."""
