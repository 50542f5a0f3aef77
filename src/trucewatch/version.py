"""The version, for whoever writes down what made something."""

__version__ = "0.3.0"
