"""One rule a file, exporting `RULE`; the file's name with `-` for `_` is the rule's id, its docstring the rule's
documentation: a first sentence that says what is to hold, then the paragraphs `Why: …` and `Fix: …`."""
