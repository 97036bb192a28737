"""What confirmed files show beyond their figures: gathered from the owner's papers, put into words and plots."""
