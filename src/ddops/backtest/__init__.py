"""How a changed monitor would have done of late: its metric as the org has it, against its thresholds."""
