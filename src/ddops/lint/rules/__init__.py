"""One rule a file, exporting `RULE`; the file's name with `-` for `_` is the rule's id."""
