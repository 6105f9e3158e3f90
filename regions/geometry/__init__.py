"""Pure geometry on arrays: predicates, frames, lines, conics, convex partitions."""
