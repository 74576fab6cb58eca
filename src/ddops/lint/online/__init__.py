"""One rule a file that needs an org to ask, exporting `RULE`; the file's name with `-` for `_` is the rule's id."""
