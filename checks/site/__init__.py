"""The self-check as a static site: the students' page with Python in the browser, for any web space."""
