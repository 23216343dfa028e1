"""Leader cockpits: any screen from one file, readable from four metres."""
