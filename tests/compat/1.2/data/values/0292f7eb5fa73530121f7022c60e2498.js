__vitrine("VlRSAQIKAAgBBlJlcG9ydA==")
