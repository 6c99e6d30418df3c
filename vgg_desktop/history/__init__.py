"""What was classified, kept between starts: results by the content of the picture, and the list that was open."""
