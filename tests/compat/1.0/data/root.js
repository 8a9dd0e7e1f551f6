__vitrine("VlRQAQBnu7e6X2j17R0QiA7VODXv")
