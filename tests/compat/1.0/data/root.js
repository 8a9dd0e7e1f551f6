__vitrine("VlRQAQDGkI477z4hBMcZmuTjRfuV")
