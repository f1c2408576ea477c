"""The calendar of activities of some months, of the region, a sub-region or one state: as PDF and as Excel."""
