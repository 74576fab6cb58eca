"""A local Datadog org: the HTTP API over loopback, with its objects in a SQLite file.

It knows the API from recordings of real traffic and nothing of how ddops models it, so that the two can disagree.
Of metrics it keeps the points that it is sent, and works out queries over them (`series/`).
"""
