"""Progress of an update round: who has sent, who is late, and what waits for whom; as PDF and as Excel."""
