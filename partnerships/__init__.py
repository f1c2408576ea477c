"""Partners of the programme, the agreements with them, and what became of what was promised."""
