__vitrine("VlRSAQEKAAgBBk9jZWFucw==")
