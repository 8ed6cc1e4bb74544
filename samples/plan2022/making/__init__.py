"""Makes the sample returns of plan2022 from the printed figures, on top of `samples/making`."""
