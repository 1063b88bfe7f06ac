"""Files and texts in, Documents out: text, HTML, JSON lines, folders, standard input; knows nothing of coding."""
