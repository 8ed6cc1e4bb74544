"""Makes the sample returns of districts2022."""
