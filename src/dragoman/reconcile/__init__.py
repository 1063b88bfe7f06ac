"""Claims and Judgements in, events and other items out, each link with its reason."""
