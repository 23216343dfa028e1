"""The examination of this machine and profile, line by line with what to do. No Qt here."""
