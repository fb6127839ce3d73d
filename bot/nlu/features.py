"""The two blocks of features of some messages, as matrices."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from scipy.sparse import csr_matrix, vstack

from bot.nlu.encoders import Vectors


@dataclass(frozen=True)
class Blocks:
    """One row for each message: what is written (sparse) and what is meant (dense), both of length 1."""

    sparse: csr_matrix
    dense: Vectors

    @classmethod
    def of(cls, messages: Sequence[Message]) -> "Blocks":
        """Gathers the sentence features that the featurizers left in the messages."""
        sparse, dense = [], []
        for message in messages:
            _, written = message.get_sparse_features(TEXT)
            _, meant = message.get_dense_features(TEXT)
            if written is None or meant is None:
                raise RuntimeError("PosNgramFeaturizer and PosSentenceFeaturizer must stand before this component.")
            sparse.append(written.features)
            dense.append(meant.features)
        rows = vstack(sparse, format="csr") if len(sparse) > 1 else sparse[0]
        return cls(rows, np.vstack(dense).astype(np.float32))


def labelled(messages: Sequence[Message]) -> list[Message]:
    """The examples of a training set that have a text and an intent."""
    return [message for message in messages if message.get(TEXT) and message.get_full_intent()]
