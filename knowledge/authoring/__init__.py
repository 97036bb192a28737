"""Authors' tools, pure: what is wrong with an entry and where, what a change does to firms, what is due, and a sheet to edit."""
