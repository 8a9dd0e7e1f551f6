__vitrine("VlRQAQCJvZqNK/2CSp6aL5lSYkWt")
