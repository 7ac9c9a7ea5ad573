import Columnar

/// Narrows the signatures of a symbol down to those that fit the arguments best.
///
/// The order of the official binder: signatures that take so many arguments; of these, those that
/// most arguments fit; of these, the one whose worst fit is best, then whose best fit is best.
struct SignatureChoice {
  let symbol: FunctionSymbol
  let arguments: [CallArgument]

  /// Indices of the best signatures: one where the choice is clear, several where it is not, none
  /// where `needsAll` and no signature fits all arguments.
  func candidates(needsAll: Bool) -> [Int] {
    let signatures = symbol.signatures
    if signatures.count < 2 { return Array(signatures.indices) }
    let counted = countCandidates()
    if counted.count < 2 { return counted }
    let fits = counted.map { fit(signatures[$0]) }
    var most = fits.map(\.count).max() ?? 0
    if needsAll { most = max(most, arguments.count) }
    let matching = zip(counted, fits).filter { $0.1.count == most }
    guard matching.count > 1 else { return matching.map(\.0) }
    return best(matching).map { [$0] } ?? matching.map(\.0)
  }

  /// The parameters of the arguments under a signature.
  func parameters(_ signature: FunctionSignature) -> [FunctionParameter] {
    layout(signature).parameters(name: symbol.name, arguments)
  }

  private func layout(_ signature: FunctionSignature) -> ParameterLayout {
    ParameterLayout(signature: signature, matcher: ParameterMatcher(arguments: arguments))
  }

  /// Signatures that take so many arguments, else those that take the most.
  private func countCandidates() -> [Int] {
    let signatures = symbol.signatures
    let taking = signatures.indices.filter { takes(signatures[$0], arguments.count) }
    if !taking.isEmpty { return Array(taking) }
    let most = symbol.maximumArgumentCount
    return signatures.indices.filter { takes(signatures[$0], most) }
  }

  private func takes(_ signature: FunctionSignature, _ count: Int) -> Bool {
    signature.minimumArgumentCount...signature.maximumArgumentCount ~= count
  }

  /// How well the arguments fit a signature: how many do, and the worst and best fit.
  private struct Fit {
    var count = 0
    var worst = ParameterMatch.exact
    var best = ParameterMatch.none
  }

  private func fit(_ signature: FunctionSignature) -> Fit {
    let matcher = ParameterMatcher(arguments: arguments)
    let parameters = parameters(signature)
    var fit = Fit()
    for (argument, parameter) in zip(arguments, parameters) {
      let match = matcher.match(argument, parameter, parameters)
      if match != .none { fit.count += 1 }
      fit.worst = min(fit.worst, match)
      fit.best = max(fit.best, match)
    }
    return fit
  }

  /// The one signature that is better than every other; nil where there is none.
  private func best(_ matching: [(Int, Fit)]) -> Int? {
    var best = matching[0]
    for other in matching.dropFirst() {
      let order = compare(other.1, best.1)
      if order == 0 { return nil }
      if order > 0 { best = other }
    }
    let isClear = matching.allSatisfy { $0.0 == best.0 || compare(best.1, $0.1) > 0 }
    return isClear ? best.0 : nil
  }

  private func compare(_ first: Fit, _ second: Fit) -> Int {
    if first.worst != second.worst { return first.worst.rawValue - second.worst.rawValue }
    if first.best != second.best { return first.best.rawValue - second.best.rawValue }
    return first.count - second.count
  }
}
