"""Pure libraries: calendar, codes, expressions, forms, packs, tlog … They know no clock and no database."""
