"""What no figure and no words stand for by themselves: places, names, sums, dates, nothings, and answers to what was asked."""
