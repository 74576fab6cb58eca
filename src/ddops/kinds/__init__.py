"""The kinds of Datadog object that ddops keeps: one file (or package) each, exporting `KIND`."""
