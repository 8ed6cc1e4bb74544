"""Makes the sample returns of welfare2024 from the printed figures, on top of `samples/making`."""
