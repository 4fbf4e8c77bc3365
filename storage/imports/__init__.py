"""What other machines' records have, taken into this one."""
