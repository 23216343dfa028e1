"""The window: composition root, navigation, layout of the views."""
