"""View video_wall."""
