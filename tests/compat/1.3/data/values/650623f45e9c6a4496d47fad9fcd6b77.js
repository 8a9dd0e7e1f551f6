__vitrine("VlRSAQMKAAgBBk9jZWFucw==")
