"""The points card as SQL: `formulas` and `card` make expressions, `query` a whole statement over a table of firms. Nothing runs here."""
