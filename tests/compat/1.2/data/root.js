__vitrine("VlRQAQJutmCOdrXR0EuA8CQa3n6d")
