"""Several voices and many pupils side by side, without singling anybody out."""
