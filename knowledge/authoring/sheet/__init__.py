"""The pack as a spreadsheet: `columns` and `rows` say what stands where, `export` writes one, `reading` and `merging` take it back."""
