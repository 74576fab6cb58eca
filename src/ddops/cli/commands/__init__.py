"""One command a file, exporting `COMMAND`; the file's name is the command's, and has a `_` behind it where Python keeps
the word for itself."""
