import Columnar

extension ScalarFunction {
  /// Asking and joining the digests of `tdigest`.
  static let quantileDigestFamily: [ScalarFunction] = [
    percentileOfDigest, percentilesOfDigest, percentRankOfDigest, rankOfDigest, mergeDigests,
  ]

  static let percentileOfDigest = ScalarFunction(
    "percentile_tdigest",
    """
    tdigest:DynamicArray percentile1:real -> dynamic
    | tdigest:DynamicArray percentile1:real type:type@Literal -> ParameterNLiteral
    """,
    naming: .nameAndFirstArgument,
    "Finds a percentile of the values of a digest, by nearest rank.",
    examples: [
      Example(
        "range x from 1 to 9 step 1 | summarize d = tdigest(x) | project percentile_tdigest(d, 50)",
        "5"
      ),
      Example("print isnull(percentile_tdigest(dynamic(null), 50.0))", "true"),
    ],
    kernels: [
      .dynamic([.type(.dynamic), .type(.real)]) { arguments, writer in
        guard let centroids = DigestForm.centroids(arguments[0]),
          let percentage = arguments[1].number,
          let found = DigestForm.percentile(centroids, percentage)
        else { return }
        writer.append(found)
      }
    ]
  )

  static let percentilesOfDigest = ScalarFunction(
    "percentiles_array_tdigest",
    "tdigest:DynamicArray percentile:real*1... | tdigest:DynamicArray percentiles:DynamicArray",
    naming: .prefixed("percentile_tdigest"),
    "Finds several percentiles of the values of a digest, as one array.",
    examples: [
      Example(
        "range x from 1 to 9 step 1 | summarize d = tdigest(x) "
          + "| project percentiles_array_tdigest(d, dynamic([0, 50]))",
        "[1,5]"
      ),
      Example(
        "range x from 1 to 9 step 1 | summarize d = tdigest(x) "
          + "| project percentiles_array_tdigest(d, 50.0, 100.0)",
        "[5,9]"
      ),
    ],
    kernels: [
      .dynamic([.type(.dynamic), .any], minimumCount: 2, isVariadic: true) {
        arguments,
        writer in
        guard let centroids = DigestForm.centroids(arguments[0]) else { return }
        let wanted = arguments.all.dropFirst().flatMap { argument in
          argument.kind == .array ? Array(argument.elements) : [argument]
        }
        writer.beginArray()
        for percentage in wanted {
          let found = percentage.number.flatMap { DigestForm.percentile(centroids, $0) }
          writer.append(found ?? .null)
        }
        writer.endArray()
      }
    ]
  )

  static let percentRankOfDigest = ScalarFunction(
    "percentrank_tdigest",
    "digest:DynamicArray value",
    "Tells which percentage of the values of a digest is not above a value.",
    examples: [
      Example(
        "range x from 1 to 4 step 1 | summarize d = tdigest(x) | project percentrank_tdigest(d, 1)",
        "25.0"
      ),
      Example(
        "range x from 1 to 4 step 1 | summarize d = tdigest(x) | project percentrank_tdigest(d, 9)",
        "100.0"
      ),
    ],
    kernels: [
      .viewing([.type(.dynamic), .any]) { arguments -> Double? in
        guard let centroids = DigestForm.centroids(arguments[0]), !centroids.isEmpty else {
          return nil
        }
        let total = centroids.reduce(0) { $0 + $1.weight }
        return DigestForm.rank(centroids, of: arguments[1]) / total * 100
      }
    ]
  )

  static let rankOfDigest = ScalarFunction(
    "rank_tdigest",
    "digest:DynamicArray value",
    "Counts the values of a digest that are not above a value.",
    examples: [
      Example(
        "range x from 1 to 4 step 1 | summarize d = tdigest(x) | project rank_tdigest(d, 3)",
        "3.0"
      ),
      Example(
        "range x from 1 to 4 step 1 | summarize d = tdigest(x) | project rank_tdigest(d, 0)",
        "0.0"
      ),
    ],
    kernels: [
      .viewing([.type(.dynamic), .any]) { arguments -> Double? in
        DigestForm.centroids(arguments[0]).map { DigestForm.rank($0, of: arguments[1]) }
      }
    ]
  )

  static let mergeDigests = ScalarFunction(
    "tdigest_merge",
    aliases: ["merge_tdigest"],
    "tdigest:DynamicArray*2...16",
    naming: .always("tdigests_merge_result"),
    "Joins digests of tdigest to one; null where one is none.",
    examples: [
      Example(
        "range x from 1 to 9 step 1 | summarize a = tdigest(x), b = tdigest(x + 9) "
          + "| project percentile_tdigest(tdigest_merge(a, b), 100)",
        "18"
      ),
      Example("print isnull(tdigest_merge(dynamic(1), dynamic(2)))", "true"),
    ],
    kernels: [
      .dynamic([.type(.dynamic)], minimumCount: 2, isVariadic: true) { arguments, writer in
        DigestForm.merge(arguments.all, into: &writer)
      }
    ]
  )
}
