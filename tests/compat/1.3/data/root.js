__vitrine("VlRQAQOwLyDHSEFzkFMgVU/5qYMR")
