"""The errors that have a reader."""


class OperatorError(Exception):
    """Something the operator is told: what, since when, what to do, in plain Chinese."""

    def __init__(self, operator_text: str) -> None:
        super().__init__(operator_text)
        self.operator_text = operator_text


class PlatformError(OperatorError):
    """The platform refused, failed or could not be reached."""


class PlatformAway(PlatformError):
    """It could not be reached in time: nobody has refused anything, trying again makes sense."""


class SettingsError(OperatorError):
    """A configuration is wrong: the text names file, key and reason."""


class ProfileError(OperatorError):
    """The profile cannot be used: unreadable, or in use by another instance."""
