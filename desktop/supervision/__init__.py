"""The parts of the supervisor: one child, when to start it again, the profile it owns."""
