"""The rating report: what is known of a firm on one day, put together for a bank officer to read. Values and words; drawn elsewhere."""
