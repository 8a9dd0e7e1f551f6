__vitrine("VlRSAQIKABEBD1RoZSBRdWF5IFJldmlldw==")
