__vitrine("VlRSAQMKABQDAmVuB3poLUhhbnMHemgtSGFudA==")
