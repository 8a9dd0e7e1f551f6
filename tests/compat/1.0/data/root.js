__vitrine("VlRQAQCjQ2dzFwBVYJ2L7FUPs7nS")
