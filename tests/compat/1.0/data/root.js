__vitrine("VlRQAQAeDdCNdO9tC1zUIvHucP6I")
