__vitrine("VlRQAQA9rxqNe4W7L/6wVdnYgWTp")
