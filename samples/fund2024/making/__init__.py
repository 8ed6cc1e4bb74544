"""Makes the sample returns of fund2024."""
