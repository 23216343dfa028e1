"""Cases (案件) of the stand-in: two years of them and the coming month, by seed."""
