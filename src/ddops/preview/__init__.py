"""A page that shows itself anew, in a browser of this machine."""
