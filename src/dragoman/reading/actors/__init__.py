"""Who: names, offices, groups and unnamed persons by role, then what refers back to them.

`names` finds what the knowledge files name, `roles` phrases such as "Syrian rebels", `people` persons by
name, `belonging` the state of a role that does not say whose it is; `mentions` puts them together (a stage).
`discourse` remembers what was mentioned, `pronouns` and `descriptions` resolve "he" and "both leaders" from
it, `acronyms` tells what RSF is short for; `reference` walks through the article with them (a stage). `identity`
makes the actors.
"""
