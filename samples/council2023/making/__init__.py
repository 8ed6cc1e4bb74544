"""Makes the sample returns of council2023."""
