"""Reads the workspace: YAML to specs, every one with the place it comes from."""
