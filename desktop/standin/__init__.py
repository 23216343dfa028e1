"""The embedded city: REST, broker, streams, scenarios. Imported by nobody."""
