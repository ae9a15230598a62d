"""Which figures and claims of several articles are of the same thing, who said them first, and whether they can all be right."""
