"""What all reports have in common on paper and in Excel: the look, the typesetter, and cells that hold no formula."""
