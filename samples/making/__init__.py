"""What the makers of all sample returns share. Knows nothing of the `reconcile` package.

model (what a department answers) → edits, reshaping, planting (faults as edits of the model)
→ table, cover (a form laid out on a grid of its own) → sheets → places (the address of each value) → writing.
Each collection (`samples/<pack>/making`) adds its figures, its forms, its layouts and its faults.
"""
