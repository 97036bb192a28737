"""The desk's rows: banks and their staff, cases and what was said in them, referrals, and who looked at what."""
