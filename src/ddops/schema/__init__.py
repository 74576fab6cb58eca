"""JSON schemas of every file of a workspace, for editors: made from the models that check the files."""
