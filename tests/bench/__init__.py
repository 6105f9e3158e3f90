"""`make bench`: what compiling and evaluating cost, next to what others take in the same process.

    subjects    the shapes, compiled, with the polygons that the others get
    scale       how large everything is: whole, or quick for a test
    measure     both sides in turn, and ratios of what was taken in one round
    peers       the others' rasters; in `points` their answers for points
    rasters, points, learned, compiling, memory, starts
                one section each: what is measured, as frozen rows
    scaling     what the rows say of growth, and where it is not as hoped
    tables, report, curves
                the page `docs/benchmarks.md` and its pictures

Nothing here is asserted: machines differ and drift. Ratios of times taken in turn drift less.
"""
