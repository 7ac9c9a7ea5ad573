import Columnar

extension ScalarFunction {
  /// Counting and joining the sketches of `hll`.
  static let sketchFamily: [ScalarFunction] = [distinctOfSketch, mergeSketches]

  static let distinctOfSketch = ScalarFunction(
    "dcount_hll",
    "hll:DynamicArray",
    naming: .nameAndFirstArgument,
    "Counts the different values that a sketch of hll has seen.",
    examples: [
      Example("range x from 1 to 9 step 1 | summarize h = hll(x) | project dcount_hll(h)", "9"),
      Example("print dcount_hll(dynamic([]))", "null"),
    ],
    kernels: [
      .viewing([.type(.dynamic)]) { arguments -> Int64? in
        SketchForm.counter([arguments[0]])?.count(0)
      }
    ]
  )

  static let mergeSketches = ScalarFunction(
    "hll_merge",
    "hll:DynamicArray*2...16",
    naming: .always("hll_merged_result"),
    "Joins sketches of hll to one; null where one is none.",
    examples: [
      Example(
        "range x from 1 to 9 step 1 | summarize a = hll(x), b = hll(x + 1) "
          + "| project dcount_hll(hll_merge(a, b))",
        "10"
      ),
      Example("print isnull(hll_merge(dynamic([]), dynamic([])))", "true"),
    ],
    kernels: [
      .dynamic([.type(.dynamic)], minimumCount: 2, isVariadic: true) { arguments, writer in
        guard let counter = SketchForm.counter(arguments.all) else { return }
        let hashes = SketchForm.hashes(counter, groups: 1)
        SketchForm.write(counter, group: 0, hashes: hashes[0], to: &writer)
      }
    ]
  )
}
