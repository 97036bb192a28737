"""The boosted challenger: what a card gives up by being a card. Trained and reported beside it, never shipped."""

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from scoring.training.spec import Column, Floats, Table

_SIGNS = {"rising": -1, "falling": 1, "none": 0}  # of the risk; `direction` is that of points


def challenger(train: Table, test: Table, seed: int, leaves: int, rounds: int, directed: bool = True) -> Floats:
    """Probabilities of default of `test` from trees fitted on `train`, under the directions the card keeps unless not `directed`."""
    both = [np.concatenate(pair) for pair in zip(train.columns, test.columns, strict=True)]
    coded = [_coded(column) for column in both]
    # Trees need two values to split at; a column without them says nothing anyway.
    used = [i for i, column in enumerate(coded) if len(np.unique(column[: len(train)][~np.isnan(column[: len(train)])])) > 1]
    if not used:
        return np.full(len(test), train.bad.mean())
    values, specs = np.column_stack([coded[i] for i in used]), [train.specs[i] for i in used]
    model = HistGradientBoostingClassifier(
        max_leaf_nodes=leaves,
        max_iter=rounds,
        learning_rate=0.05,
        l2_regularization=3.0,
        categorical_features=[spec.kind == "choice" for spec in specs],
        monotonic_cst=[_SIGNS[spec.direction] for spec in specs] if directed else None,
        random_state=seed,
    )
    model.fit(values[: len(train)], train.bad)
    return np.asarray(model.predict_proba(values[len(train) :])[:, 1], dtype=float)


def _coded(column: Column) -> Floats:
    """Numbers as they are; choices as codes in the order of their names."""
    if column.dtype == float:
        return np.asarray(column, dtype=float)
    names = sorted({value for value in column if value is not None})
    return np.array([np.nan if value is None else names.index(value) for value in column], dtype=float)
