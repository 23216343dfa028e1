"""Deliberate mistakes: each must make the no-loss tests fail, or those tests prove nothing."""
