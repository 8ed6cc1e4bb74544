"""Makes the sample returns of plan2022 from the printed figures. Knows nothing of the `reconcile` package.

figures (CSV) → model (what a department answers) → faults (edits of the model)
→ blocks (a form laid out on a grid) → sheets (blocks placed on sheets)
→ places (the address of each value) → writing (the workbook).
"""
