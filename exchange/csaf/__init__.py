"""Alerts as advisories of CSAF 2.0 (OASIS standard, November 2022), and the provider that hands out the public ones."""
