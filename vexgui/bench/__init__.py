"""The product's own measurements: how fast it is here, beside what people would use instead."""
