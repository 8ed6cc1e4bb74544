"""Makes the sample returns of management2024 from the printed figures, on top of `samples/making`."""
