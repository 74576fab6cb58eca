"""What could go wrong: one file a risk, exporting `RISK`; the file's name, with dashes, is the risk's."""
