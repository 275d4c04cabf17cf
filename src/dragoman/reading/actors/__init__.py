"""Who: names, offices, groups and unnamed persons by role, then what refers back to them.

`names` finds what the knowledge files name, `roles` phrases such as "Syrian rebels", `people` persons by
name, `mentions` puts the three together (a stage), `reference` resolves pronouns and "both leaders" (a stage).
"""
