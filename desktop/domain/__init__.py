"""Facts and rules of the city. Pure: no Qt, no input or output."""
