__vitrine("VlRSAQMKAAgBBlJlcG9ydA==")
