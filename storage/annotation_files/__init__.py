"""Annotations as files: written with all that is needed to rebuild what they are about, and read back."""
