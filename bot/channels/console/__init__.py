"""The console: the bank's staff answer cases in the browser. A shell like the others: no rule and no SQL."""
