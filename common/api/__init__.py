"""What every part of the API has in common: reading starts from visible_to, and nothing widens it."""
