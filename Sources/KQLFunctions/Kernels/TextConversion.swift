import Columnar

// Functions that take any scalar as text convert it as `tostring` does, by its own kernels.

extension Vector {
  /// The same values as strings; null becomes the empty text.
  func stringified(_ call: KernelCall) throws -> Vector {
    if type == .string { return self }
    return try converted(to: "tostring", .string, call)
  }

  /// The values of strings as another type, null where they have no such form.
  func parsed(as wanted: ScalarType, _ call: KernelCall) throws -> Vector {
    if wanted == .string { return self }
    return try converted(to: FunctionCatalog.conversion(to: wanted), wanted, call)
  }

  private func converted(
    to name: String,
    _ wanted: ScalarType,
    _ call: KernelCall
  ) throws -> Vector {
    let kernels = FunctionCatalog.scalar(name)?.kernels ?? []
    let exact = kernels.first { $0.parameters.first == .type(type) && $0.minimumCount == 1 }
    let any = kernels.first { $0.parameters.first == .any && $0.minimumCount == 1 }
    guard let kernel = exact ?? any else {
      throw QueryFailure(
        .unsupported,
        "a value of type \(type.name) has no conversion by \(name)",
        range: call.site.range
      )
    }
    let site = CallSite(constants: call.site.constants, range: call.site.range)
    return try kernel.evaluate(
      KernelCall(arguments: [self], count: count, resultType: wanted, site: site)
    )
  }
}

extension ScalarKernel {
  /// The same kernel for arguments of any type where it takes strings: they are converted first.
  var stringifying: ScalarKernel {
    let own = self
    let texts = parameters.map { $0 == .type(.string) }
    return ScalarKernel(
      parameters.map { $0 == .type(.string) ? .any : $0 },
      minimumCount: minimumCount,
      isVariadic: isVariadic,
      result: result
    ) { call in
      let arguments = try call.arguments.enumerated().map { index, argument in
        texts[min(index, texts.count - 1)] ? try argument.stringified(call) : argument
      }
      return try own.evaluate(
        KernelCall(
          arguments: arguments,
          count: call.count,
          resultType: call.resultType,
          site: call.site
        )
      )
    }
  }
}

extension Array where Element == ScalarKernel {
  /// The kernels, and their forms for arguments of any type behind them.
  var withAnyScalar: [ScalarKernel] { self + map(\.stringifying) }
}
