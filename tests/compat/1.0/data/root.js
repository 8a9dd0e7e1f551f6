__vitrine("VlRQAQAkwdA4LrLGVNwlR8LfBztR")
