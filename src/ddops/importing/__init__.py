"""Live and exported objects to specs: tidy YAML that plans as nothing but the adoption."""
