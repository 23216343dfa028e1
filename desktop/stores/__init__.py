"""What is known at this moment. The only mutable thing of the station; QtCore only."""
