"""What a plan means to people: what differs in what, who is notified differently, what could go wrong. Pure data made
of a `Plan`; every format prints it and works nothing out again."""
