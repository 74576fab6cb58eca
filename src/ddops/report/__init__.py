"""Plans, findings and outcomes as people and programs read them. One format a file, exporting `FORMAT`."""
