import Columnar

/// Tells which parameter each argument of a call belongs to.
///
/// Four ways: one to one; a repeated parameter that ends where the next one fits better; a block
/// of parameters that repeats as a whole (`case`, `bag_pack`); and few of their own.
struct ParameterLayout {
  let signature: FunctionSignature
  let matcher: ParameterMatcher

  private var parameters: [FunctionParameter] { signature.parameters }

  /// The parameters of the arguments; `.unknown` for those beyond the last.
  func parameters(name: String, _ arguments: [CallArgument]) -> [FunctionParameter] {
    guard signature.hasRepeatableParameters || Self.skipping.contains(name) else {
      return arguments.indices.map { $0 < parameters.count ? parameters[$0] : .unknown }
    }
    if Self.blocks.contains(name) { return blockParameters(arguments.count) }
    if Self.sorts.contains(name) { return sortParameters(arguments) }
    return repeatedParameters(arguments, skipsOptional: Self.skipping.contains(name))
  }

  /// Whether a call may have so many arguments.
  func accepts(name: String, count: Int) -> Bool {
    guard signature.minimumArgumentCount...signature.maximumArgumentCount ~= count else {
      return false
    }
    guard Self.blocks.contains(name), let block = repeatedBlock else { return true }
    let fixed = parameters.count - block.count
    return (count - fixed) % block.count == 0
  }

  private static let blocks: Set<String> = ["case", "pack", "pack_dictionary", "bag_pack"]

  /// Functions of any number of arrays whose last argument may be a bool.
  private static let sorts: Set<String> = ["array_sort_asc", "array_sort_desc"]

  /// Symbols whose optional parameters may be left out where the next one fits.
  private static let skipping: Set<String> = [
    "geo_polygon_lookup", "geo_line_lookup", "ipv4_lookup", "ipv6_lookup",
    "new_activity_metrics", "sequence_detect",
  ]

  private var repeatedBlock: ClosedRange<Int>? {
    guard let first = parameters.firstIndex(where: \.isRepeatable),
      let last = parameters.lastIndex(where: \.isRepeatable)
    else { return nil }
    return first...last
  }

  private func blockParameters(_ count: Int) -> [FunctionParameter] {
    guard let block = repeatedBlock else { return [] }
    let after = parameters.count - block.upperBound - 1
    let repeated = parameters[block.lowerBound]
    let possible = count - block.lowerBound - after
    let wanted = min(
      block.count * repeated.maximumCount,
      max(block.count * repeated.minimumCount, possible)
    )
    let groups = (wanted + block.count - 1) / block.count
    let end = block.lowerBound + groups * block.count
    return (0..<count).map { index in
      if index < block.lowerBound { return parameters[index] }
      if index < end {
        return parameters[block.lowerBound + (index - block.lowerBound) % block.count]
      }
      let following = block.upperBound + 1 + index - end
      return following < parameters.count ? parameters[following] : .unknown
    }
  }

  private func sortParameters(_ arguments: [CallArgument]) -> [FunctionParameter] {
    arguments.enumerated().map { index, argument in
      let isFlag = index > 0 && index == arguments.count - 1 && argument.type == .bool
      return parameters[isFlag ? 1 : 0]
    }
  }

  /// Walks arguments and parameters: the current parameter is kept while it fits at least as well
  /// as those that may follow.
  private func repeatedParameters(
    _ arguments: [CallArgument],
    skipsOptional: Bool
  ) -> [FunctionParameter] {
    var chosen: [FunctionParameter] = []
    var current = 0
    var count = 0
    for (index, argument) in arguments.enumerated() {
      guard index < signature.maximumArgumentCount, current < parameters.count else {
        chosen.append(.unknown)
        continue
      }
      if current < parameters.count - 1, count >= parameters[current].maximumCount {
        current += 1
        count = 0
      }
      let next = nextParameter(
        argument,
        current: current,
        count: count,
        chosen: chosen,
        skipsOptional: skipsOptional
      )
      guard let next else {
        chosen.append(.unknown)
        continue
      }
      count = next == current ? count + 1 : 1
      current = next
      chosen.append(parameters[next])
    }
    return chosen
  }

  private func nextParameter(
    _ argument: CallArgument,
    current: Int,
    count: Int,
    chosen: [FunctionParameter],
    skipsOptional: Bool
  ) -> Int? {
    let parameter = parameters[current]
    let isRequired =
      count < parameter.minimumCount
      || (count == 0 && parameter.isOptional && !skipsOptional)
    if isRequired { return current }
    if current == parameters.count - 1 {
      return count < parameter.maximumCount ? current : nil
    }
    let isColumnForConstant = skipsOptional && parameter.form == .constant && argument.isColumn
    let fit = isColumnForConstant ? .none : matcher.match(argument, parameter, chosen)
    for next in (current + 1)..<parameters.count {
      let nextFit = matcher.match(argument, parameters[next], chosen)
      if fit >= nextFit, fit != .none { return current }
      if nextFit != .none { return next }
      let maySkip =
        parameters[next].isOptional && skipsOptional && next < parameters.count - 1
      if !maySkip { return current }
    }
    return current
  }
}
