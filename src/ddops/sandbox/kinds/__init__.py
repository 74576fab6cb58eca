"""One module per kind of object that the sandbox serves, each exporting ROUTES."""
