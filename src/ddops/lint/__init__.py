"""Rules over specs and payloads: what the API would accept and a team would regret."""
