"""What somebody changed in an org, written back into the YAML that says otherwise."""
