__vitrine("VlRSAQAKABQDAmVuB3poLUhhbnMHemgtSGFudA==")
