"""Which events of which reports are one happening, how well it is supported, and what people decide about it."""
