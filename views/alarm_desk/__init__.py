"""View alarm_desk."""
