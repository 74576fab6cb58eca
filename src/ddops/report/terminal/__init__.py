"""What is drawn on a terminal, with rich. These modules are imported where there is something to draw: importing rich
takes time, and most plans change nothing."""
