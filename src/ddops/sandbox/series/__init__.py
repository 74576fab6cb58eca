"""What a metric query gives, out of the points that were sent here."""
