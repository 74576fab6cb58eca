"""GitHub's REST API, as far as a plan's comment and an issue about drift need it."""
