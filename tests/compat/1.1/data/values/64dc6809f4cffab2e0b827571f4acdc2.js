__vitrine("VlRSAQEKABQDAmVuB3poLUhhbnMHemgtSGFudA==")
