"""What an operator can order and ask."""
