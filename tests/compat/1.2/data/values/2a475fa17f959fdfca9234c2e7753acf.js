__vitrine("VlRSAQIKABQDAmVuB3poLUhhbnMHemgtSGFudA==")
