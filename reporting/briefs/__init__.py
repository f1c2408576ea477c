"""The country brief: what is known of one member state and done with it, gathered once and made as PDF and as Excel."""
