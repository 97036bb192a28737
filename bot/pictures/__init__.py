"""Drawing: values become pictures and printable pages. The only room that knows the drawing library."""
