"""The network: a small pretrained encoder, and heads for triggers, their mode and status, and the words of parties."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import torch
from torch import Tensor, nn
from transformers import BertModel

#: What one word is to another: actor or recipient of the event that it tells, the name that says of which state it is.
ROLES = ("actor", "recipient", "state")


class Labels(NamedTuple):
    """What the numbers of the network mean, in their order; the first type is none, the first mode is none."""

    types: tuple[str, ...]
    modes: tuple[str, ...]
    statuses: tuple[str, ...]


class Network(nn.Module):
    """Pieces of words in, scores of words out."""

    def __init__(self, base: Path | None, labels: Labels, config: object = None, *, width: int = 128) -> None:
        super().__init__()
        self.encoder = (
            BertModel.from_pretrained(base, add_pooling_layer=False, attn_implementation="eager")
            if base is not None
            else BertModel(config, add_pooling_layer=False)
        )
        size = self.encoder.config.hidden_size
        self.drop = nn.Dropout(0.15)
        self.types = nn.Linear(size, len(labels.types))
        self.modes = nn.Linear(size, len(labels.modes))
        self.statuses = nn.Linear(size, len(labels.statuses))
        self.whole = nn.Linear(size, len(labels.types) - 1)
        self.trigger = nn.Linear(size, width * len(ROLES))
        self.party = nn.Linear(size, width * len(ROLES))
        self.lean = nn.Linear(size, len(ROLES))
        self.width = width

    def forward(self, pieces: Tensor, mask: Tensor, first: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor]:
        """Types, modes, statuses by word (batch, words, n), types of the whole, and roles (batch, 3, words, words).

        `first` is the first piece of each word, 0 (the start of the passage) where there is no word.
        """
        hidden = self.encoder(input_ids=pieces, attention_mask=mask).last_hidden_state
        hidden = self.drop(hidden)
        words = torch.gather(hidden, 1, first.unsqueeze(-1).expand(-1, -1, hidden.size(-1)))
        batch, n, _ = words.shape
        left = self.trigger(words).view(batch, n, len(ROLES), self.width).transpose(1, 2)
        right = self.party(words).view(batch, n, len(ROLES), self.width).transpose(1, 2)
        roles = left @ right.transpose(2, 3) / self.width**0.5 + self.lean(words).permute(0, 2, 1).unsqueeze(2)
        return self.types(words), self.modes(words), self.statuses(words), self.whole(hidden[:, 0]), roles
