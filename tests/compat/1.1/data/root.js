__vitrine("VlRQAQES4le0Q2KzHfss5fOuHnlh")
