"""One command a file, exporting `COMMAND`; the file's name is the command's."""
