__vitrine("VlRSAQMKABEBD1RoZSBRdWF5IFJldmlldw==")
