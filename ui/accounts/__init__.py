"""Who is asking, and what that person may do: the guard before all pages, and logging in."""
