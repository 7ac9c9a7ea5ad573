public import Columnar

/// Chooses the signature of a call and checks its arguments, as the official binder does.
public enum SignatureResolver {
  /// Resolves a call of a function, aggregate, plugin or operator.
  ///
  /// Where one signature fits best, its arguments are checked one by one; where none or several
  /// do, the call as a whole is refused.
  public static func resolve(
    _ symbol: FunctionSymbol,
    _ arguments: [CallArgument],
    context: CallContext = CallContext()
  ) -> ResolvedCall {
    let choice = SignatureChoice(symbol: symbol, arguments: arguments)
    let candidates = choice.candidates(needsAll: needsAllArguments(symbol))
    guard candidates.count == 1, let index = candidates.first else {
      return unresolved(symbol, arguments, choice, candidates, context)
    }
    let signature = symbol.signatures[index]
    let parameters = choice.parameters(signature)
    let checks = ArgumentChecks(
      symbol: symbol,
      signature: signature,
      arguments: arguments,
      parameters: parameters
    )
    let rules = ReturnRules(
      symbol: symbol,
      signature: signature,
      arguments: arguments,
      parameters: parameters,
      context: context
    )
    return ResolvedCall(
      symbol: symbol,
      signatureIndex: index,
      result: rules.result(),
      conversions: checks.conversions(),
      parameters: parameters,
      problems: checks.problems()
    )
  }

  /// Resolves a binary operator of an official name such as `Add` or `HasCs`.
  public static func resolve(
    operator name: String,
    _ types: [ScalarType?]
  ) -> ResolvedCall? {
    SymbolCatalog.operator(name).map { resolve($0, types.map(CallArgument.expression)) }
  }

  /// Whether a signature that does not fit all arguments is no candidate: so with operators of one
  /// or two operands, while the others complain of single operands.
  private static func needsAllArguments(_ symbol: FunctionSymbol) -> Bool {
    symbol.category == .operator && !listOperators.contains(symbol.name)
  }

  private static let listOperators: Set<String> = [
    "In", "InCs", "NotIn", "NotInCs", "HasAny", "HasAll", "Between", "NotBetween",
  ]

  /// A call that no single signature fits; its type is told where all candidates agree.
  private static func unresolved(
    _ symbol: FunctionSymbol,
    _ arguments: [CallArgument],
    _ choice: SignatureChoice,
    _ candidates: [Int],
    _ context: CallContext
  ) -> ResolvedCall {
    let close = candidates.isEmpty ? choice.candidates(needsAll: false) : candidates
    let results = close.map { index in
      let signature = symbol.signatures[index]
      return ReturnRules(
        symbol: symbol,
        signature: signature,
        arguments: arguments,
        parameters: choice.parameters(signature),
        context: context
      ).result()
    }
    let agreed = results.first.flatMap { first in
      results.allSatisfy { $0 == first } ? first : nil
    }
    return ResolvedCall(
      symbol: symbol,
      signatureIndex: nil,
      result: agreed ?? .scalar(nil),
      conversions: arguments.map { _ in nil },
      parameters: arguments.map { _ in nil },
      problems: unresolvedProblems(symbol, arguments)
    )
  }

  private static func unresolvedProblems(
    _ symbol: FunctionSymbol,
    _ arguments: [CallArgument]
  ) -> [CallProblem] {
    if arguments.isEmpty, symbol.minimumArgumentCount > 0 {
      let range = symbol.minimumArgumentCount...symbol.maximumArgumentCount
      return [.count(range, found: 0, isRepeated: true)]
    }
    if arguments.contains(where: \.isUnknown) { return [] }
    let found = arguments.map(\.describedType)
    return [
      symbol.category == .operator
        ? CallProblem(code: "KS106", reason: .operatorUndefined(found: found), argument: nil)
        : CallProblem(code: "KS127", reason: .noMatchingSignature(found: found), argument: nil)
    ]
  }
}

extension CallArgument {
  /// Words for the type in a message.
  var describedType: String {
    switch value {
    case .scalar(let type): type?.name ?? "unknown"
    case .star: "*"
    case .typeLiteral: "type"
    case .table: "table"
    }
  }
}
