"""The link process: the only one that talks to the platform. No Qt."""
