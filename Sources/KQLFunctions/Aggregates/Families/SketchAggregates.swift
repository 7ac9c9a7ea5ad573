import Columnar

extension AggregateFunction {
  /// Aggregates that give intermediate values away.
  static let sketchFamily: [AggregateFunction] = [hll, hllIf, hllMerge, buildSchema]

  static let hll = AggregateFunction(
    "hll",
    "expr:NotRealOrBool accuracy:Integer? -> dynamic",
    "Collects different values in a sketch that can be merged and counted later.",
    examples: [
      Example("range x from 1 to 9 step 1 | summarize h = hll(x % 4) | project dcount_hll(h)", "4"),
      Example("range x from 1 to 9 step 1 | summarize h = hll(x) | project dcount_hll(h)", "9"),
    ]
  ) { request in
    let level = request.argumentTypes.count > 1 ? request.constantLong(1) : 1
    guard let level, let accuracy = DistinctAccuracy(level: level) else {
      throw QueryFailure(
        .evaluation,
        "the accuracy of hll() is a constant from 0 to 4",
        range: request.range
      )
    }
    return SketchState(type: request.type(0), accuracy: accuracy)
  }

  static let hllIf = filtered(
    "hll_if",
    of: hll,
    "expr:NotRealOrBool predicate:bool accuracy:Integer? -> dynamic",
    "Collects the different values of rows in which a predicate is true in a sketch.",
    examples: [
      Example(
        "range x from 1 to 9 step 1 | summarize h = hll_if(x, x > 5) | project dcount_hll(h)",
        "4"
      ),
      Example(
        "range x from 1 to 9 step 1 | summarize h = hll_if(x, x > 9) | project isnull(h)",
        "true"
      ),
    ]
  )

  static let hllMerge = AggregateFunction(
    "hll_merge",
    "hll:DynamicArray -> dynamic",
    "Joins sketches of hll to one.",
    examples: [
      Example(
        "range x from 1 to 9 step 1 | summarize h = hll(x) by x % 2 "
          + "| summarize h = hll_merge(h) | project dcount_hll(h)",
        "9"
      ),
      Example(
        "range x from 1 to 3 step 1 | summarize h = hll(1) by x "
          + "| summarize h = hll_merge(h) | project dcount_hll(h)",
        "1"
      ),
    ]
  ) { request in
    guard request.type(0) == .dynamic else { throw request.unsupported("hll_merge") }
    return SketchState()
  }

  static let buildSchema = AggregateFunction(
    "buildschema",
    "expr:DynamicBag -> dynamic",
    naming: .prefixed("schema"),
    "Describes the types that dynamic values hold at each place.",
    examples: [
      Example(
        "datatable(d:dynamic)[dynamic({\"a\": 1}), dynamic({\"a\": \"x\"})] "
          + "| summarize array_length(buildschema(d).a)",
        "2"
      ),
      Example("datatable(d:dynamic)[dynamic({\"a\": 1})] | summarize buildschema(d).a", "long"),
    ]
  ) { request in
    guard request.type(0) == .dynamic else { throw request.unsupported("buildschema") }
    return SchemaState()
  }
}
