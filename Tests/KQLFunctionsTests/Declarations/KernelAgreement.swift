import Columnar
import KQLFunctions

/// Compares a kernel with the signatures of its function.
struct KernelAgreement {
  let symbol: FunctionSymbol
  let kernel: ScalarKernel

  /// Codes about the form of an argument, which types say nothing of: not a column, not constant,
  /// not a literal, empty, not one of the values.
  private static let formCodes: Set<String> = ["KS109", "KS129", "KS131", "KS133", "KS140"]

  /// What does not agree; for parameters of any type it is enough that one type does.
  func problems() -> [String] {
    argumentCounts().flatMap { count -> [String] in
      let trials = candidateTypes(count).map(trial)
      if trials.contains(where: \.isEmpty) { return [] }
      return Array(trials.first?.prefix(1) ?? [])
    }
  }

  /// The fewest and the most arguments that the kernel takes, as far as a query can give them.
  private func argumentCounts() -> Set<Int> {
    let fewest = max(kernel.minimumCount, symbol.minimumArgumentCount)
    let most = min(kernel.parameters.count, symbol.maximumArgumentCount)
    return [fewest, kernel.isVariadic ? max(fewest, most) : most]
  }

  private func candidateTypes(_ count: Int) -> [[ScalarType]] {
    let anyTypes: [ScalarType] =
      kernel.parameters.contains(.any) ? ScalarType.allCases : [.dynamic]
    return anyTypes.map { anyType in
      (0..<count).map { index in
        let parameter = kernel.parameters[min(index, kernel.parameters.count - 1)]
        if case .type(let type) = parameter { return type }
        return anyType
      }
    }
  }

  private func trial(_ types: [ScalarType]) -> [String] {
    let arguments = types.map { CallArgument(.scalar($0), name: "x", isColumn: true) }
    let call = SignatureResolver.resolve(symbol, arguments)
    let refused = call.problems.filter { !Self.formCodes.contains($0.code) }
    let names = types.map(\.name).joined(separator: ", ")
    if let problem = refused.first {
      return ["(\(names)) is refused: \(problem.message(for: symbol.name))"]
    }
    guard let made = kernel.result, let wanted = type(call.result), made != wanted else {
      return []
    }
    return ["(\(names)) gives \(made.name), but is declared as \(wanted.name)"]
  }

  /// The type that a kernel must give: several columns are one dynamic array.
  private func type(_ result: CallResult) -> ScalarType? {
    switch result {
    case .scalar(let type): type
    case .columns(let columns): columns.count == 1 ? columns[0].type : .dynamic
    case .table, .entity: nil
    }
  }
}
