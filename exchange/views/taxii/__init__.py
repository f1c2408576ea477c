"""The server of TAXII 2.1 (OASIS, 10 June 2021). Sections named in these files are those of that standard."""
