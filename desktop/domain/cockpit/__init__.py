"""City metrics and the cockpits that show them: pure values and rules."""
