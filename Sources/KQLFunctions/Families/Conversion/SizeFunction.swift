import Columnar

extension ScalarFunction {
  static let sizeFamily: [ScalarFunction] = [estimateDataSize]

  static let estimateDataSize = ScalarFunction(
    "estimate_data_size",
    "column:Scalar@Column*1... | column:Scalar@StarOnly",
    "Estimates the size of values in bytes; of dynamic ones it is refused.",
    examples: [
      Example("print x = 1, s = 'abc' | project estimate_data_size(x, s)", "11"),
      Example("print x = datetime(2024-01-01) | project estimate_data_size(x)", "8"),
    ],
    kernels: [
      ScalarKernel([.any], minimumCount: 1, isVariadic: true, result: .long) { call in
        if call.arguments.contains(where: { $0.type == .dynamic }) {
          throw QueryFailure(
            .unsupported,
            "the size of a dynamic value depends on how the service keeps it, which is not "
              + "known; use estimate_data_size of its tostring() for that of its text",
            range: call.site.range
          )
        }
        let fixed = call.arguments.reduce(0) { $0 + $1.type.byteWidth }
        let texts = call.arguments.filter { $0.type.isText }.map { TextReader($0) }
        let builder = FixedBuilder<Int64>(capacity: call.count)
        for row in 0..<call.count {
          builder.append(Int64(texts.reduce(fixed) { $0 + $1[row].count }))
        }
        return builder.finish()
      }
    ]
  )
}
