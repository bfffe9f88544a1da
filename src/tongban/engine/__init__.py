"""Pure libraries: calendar, codes, fairness, forms, packs, tlog. They know no clock and no database."""
