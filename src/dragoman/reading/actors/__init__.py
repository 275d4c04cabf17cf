"""Who: names, offices, groups and unnamed persons by role, then what refers back to them.

`names` finds what the knowledge files name, `roles` phrases such as "Syrian rebels", `people` persons by
name, `belonging` the state of a role that does not say whose it is; `mentions` puts them together (a stage).
`discourse` remembers what was mentioned, `voices` knows who speaks. `pronouns` resolve "he" from that: among
`antecedents` and `things`, weighed by `salience`; `descriptions` resolve "both leaders", with `repeats` "the agency".
`acronyms` tells what RSF is short for; `reference` walks through the article with them (a stage). `identity` makes the actors.
"""
