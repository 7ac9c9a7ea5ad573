import Columnar

extension AggregateFunction {
  /// Digests of values, for percentiles to be asked for later.
  static let digestFamily: [AggregateFunction] = [digest, digestMerge]

  static let digest = AggregateFunction(
    "tdigest",
    "expr:Summable weight:Integer? -> dynamic",
    "Collects values in a digest that can be merged and asked for percentiles later.",
    examples: [
      Example(
        "range x from 1 to 9 step 1 | summarize d = tdigest(x) | project percentile_tdigest(d, 50)",
        "5"
      ),
      Example("datatable(x:long)[] | summarize isnull(tdigest(x))", "true"),
    ]
  ) { request in
    let isWeighted = request.argumentTypes.count > 1
    let wanted = PercentileRequest(
      percentages: [],
      isArray: true,
      isWeighted: isWeighted,
      isDigest: true
    )
    if isWeighted, request.type(1) != .long, request.type(1) != .int {
      throw request.unsupported("tdigest", 1)
    }
    return switch request.type(0) {
    case .int: PercentileState(Int32.self, wanted)
    case .long: PercentileState(Int64.self, wanted)
    case .real: PercentileState(Double.self, wanted)
    case .datetime: PercentileState(DateTime.self, wanted)
    case .timespan: PercentileState(TimeSpan.self, wanted)
    default: throw request.unsupported("tdigest")
    }
  }

  static let digestMerge = AggregateFunction(
    "tdigest_merge",
    aliases: ["merge_tdigest"],
    "tdigest:DynamicArray -> dynamic",
    naming: .prefixed("merge_tdigests"),
    "Joins digests of tdigest to one.",
    examples: [
      Example(
        "range x from 1 to 9 step 1 | summarize d = tdigest(x) by x % 2 "
          + "| summarize d = tdigest_merge(d) | project percentile_tdigest(d, 100)",
        "9"
      ),
      Example("datatable(d:dynamic)[] | summarize isnull(tdigest_merge(d))", "true"),
    ],
    isOrderSensitive: true
  ) { request in
    guard request.type(0) == .dynamic else { throw request.unsupported("tdigest_merge") }
    return DigestMergeState()
  }
}
