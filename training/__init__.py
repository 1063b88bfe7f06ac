"""How the English parser is made: from the treebanks to a pipeline on disk."""
