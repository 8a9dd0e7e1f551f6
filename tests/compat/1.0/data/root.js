__vitrine("VlRQAQDqaDz6+Tya1fdrHru+EZlA")
