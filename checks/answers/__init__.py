"""What students state: names and values, from the files that hold them."""
