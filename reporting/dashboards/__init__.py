"""What a page shows, gathered: small classes that read through `visible_to` and do the arithmetic of one page."""
