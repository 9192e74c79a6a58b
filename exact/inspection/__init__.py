"""What a problem's numbers can and cannot show: worked out, and told by others."""
