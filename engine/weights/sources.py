"""What the sources of weights have in common."""


class SourceFailed(Exception):
    """A source cannot give a file; the text says why in a few words. The next source is tried."""
