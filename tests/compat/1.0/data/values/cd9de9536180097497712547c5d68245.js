__vitrine("VlRSAQAKAAgBBk9jZWFucw==")
