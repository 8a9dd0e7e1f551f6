__vitrine("VlRQAQAzluQeuWhmg8FzFJ/A7NSh")
