__vitrine("VlRQAQD7K8+iyX0obAF/rDpmVb/Y")
