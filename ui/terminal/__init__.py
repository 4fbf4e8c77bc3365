"""What the command line shows: progress on stderr, answers and reports on stdout."""
