"""What the house has learned over the years: maturity over time, and what moved after what."""
