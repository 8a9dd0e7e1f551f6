__vitrine("VlRQAQC551CLtiSvY8ACmIbMfgXu")
