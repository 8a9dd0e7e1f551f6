__vitrine("VlRSAQEKABEBD1RoZSBRdWF5IFJldmlldw==")
