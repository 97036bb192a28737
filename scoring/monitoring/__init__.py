"""Watching a card at work: do firms still look like those it was made from, does it still foretell, does it treat groups alike.

`observing` counts firms, `stability`, `calibration`, `fairness` and `overriding` judge the counts, `report` puts them
together and `told` into words; `warning` and `plan` look at one firm when new figures arrive. All pure.
"""
