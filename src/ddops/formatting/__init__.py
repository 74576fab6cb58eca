"""The layout of spec files: what is changed is only what nobody reads a meaning into."""
