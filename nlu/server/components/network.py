"""A small feed-forward network over sparse text features: one hidden layer of rectified units, its weights rounded."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from nlu.server.components.features import Floats, Indices

_LARGEST = 31


@dataclass(frozen=True)
class Network:
    """`weights` has one row a feature and one column a hidden unit, in steps of that unit's `scale`."""

    weights: npt.NDArray[np.int8]
    scale: Floats
    hidden_bias: Floats
    output: Floats
    output_bias: Floats

    @classmethod
    def of(cls, weights: Floats, hidden_bias: Floats, output: Floats, output_bias: Floats) -> Network:
        """Rounds the first layer, which is nearly all there is, to 63 steps a unit: half a byte a weight when packed."""
        scale = np.maximum(np.abs(weights).max(axis=0, initial=0.0), 1e-9) / _LARGEST
        steps = np.rint(weights / scale).astype(np.int8)
        return cls(steps, scale.astype(np.float32), hidden_bias, output, output_bias)

    def logits(self, columns: Indices, values: Floats) -> Floats:
        """Returns one unbounded score a label for the text with these features."""
        hidden = (values @ self.weights[columns].astype(np.float32)) * self.scale + self.hidden_bias
        scores: Floats = np.maximum(hidden, 0.0) @ self.output + self.output_bias
        return scores
