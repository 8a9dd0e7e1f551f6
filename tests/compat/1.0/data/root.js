__vitrine("VlRQAQCkKwf8XlTqX054cUkORJ9H")
