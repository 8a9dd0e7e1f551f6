__vitrine("VlRSAQIKAAgBBk9jZWFucw==")
