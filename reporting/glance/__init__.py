"""Region at a glance: the report of a quarter for the Permanent Council, of what all member states may read."""
