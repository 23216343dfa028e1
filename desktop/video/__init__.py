"""Live pictures: helper processes, watchdog, transports. The only place that imports vlc and av."""
