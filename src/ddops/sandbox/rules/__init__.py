"""What Datadog accepts, fills in and rewrites, as pure functions over JSON."""
