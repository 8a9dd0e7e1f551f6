__vitrine("VlRSAQAKABEBD1RoZSBRdWF5IFJldmlldw==")
