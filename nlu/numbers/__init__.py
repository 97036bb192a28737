"""Numbers as people write them: numerals, units, spans of time, rates, dates, and what a sum is per."""
