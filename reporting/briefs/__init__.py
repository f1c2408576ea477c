"""The country brief: two pages about one member state, gathered once and made as PDF and as Excel."""
