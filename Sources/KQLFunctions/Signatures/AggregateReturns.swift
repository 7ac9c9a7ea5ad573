import Columnar

/// Tells the columns of aggregates that have several or name them in a way of their own.
struct AggregateReturns {
  let rules: ReturnRules

  private var arguments: [CallArgument] { rules.arguments }

  func result() -> CallResult {
    switch rules.symbol.name {
    case "percentile", "percentiles", "percentilew", "percentilesw":
      .columns(percentiles())
    case "percentiles_array", "percentilesw_array":
      .columns([CallColumn("percentiles_" + firstName, .dynamic)])
    case "any": .columns(anyColumns(unnamed: "any_arg", prefix: "any_"))
    case "take_any": .columns(anyColumns(unnamed: "any_arg", prefix: ""))
    case "arg_min": .columns(extremes("min"))
    case "arg_max": .columns(extremes("max"))
    case "argmin": .columns(oldExtremes("min"))
    case "argmax": .columns(oldExtremes("max"))
    default: .scalar(nil)
    }
  }

  private var firstName: String { arguments.first?.name ?? "" }

  // MARK: Percentiles

  private func percentiles() -> [CallColumn] {
    let type: ScalarType? =
      switch arguments.first?.type {
      case .int: .long
      case .decimal: .real
      case let other: other
      }
    return zip(arguments, rules.parameters).compactMap { argument, parameter in
      guard parameter.name == "percentile" else { return nil }
      let fragment = argument.isLiteral ? nameFragment(argument.text ?? "") : ""
      return CallColumn("percentile_\(firstName)_\(fragment)", type)
    }
  }

  /// The literal as part of a name: `99.9` gives `99_9`, `25.0` gives `25`.
  private func nameFragment(_ text: String) -> String {
    var digits = Substring(text)
    if digits.contains("."), !digits.contains("e"), !digits.contains("E") {
      while digits.last == "0" { digits.removeLast() }
      if digits.last == "." { digits.removeLast() }
    }
    return String(digits.map { $0.isLetter || $0.isNumber ? $0 : "_" })
  }

  // MARK: Rows

  private func anyColumns(unnamed: String, prefix: String) -> [CallColumn] {
    arguments.enumerated().flatMap { index, argument -> [CallColumn] in
      if argument.value == .star {
        return rowColumns(without: []).map { CallColumn(prefix + $0.name, $0.type) }
      }
      let name = argument.name.map { prefix + $0 } ?? "\(unnamed)\(index)"
      return [CallColumn(name, argument.type)]
    }
  }

  /// The columns of the rows that are no keys and not returned already.
  private func rowColumns(without names: Set<String>) -> [CallColumn] {
    let keys = Set(rules.context.keyColumns)
    return rules.context.rowColumns.filter { !keys.contains($0.name) && !names.contains($0.name) }
  }

  /// The column of the extreme value, then what is returned with it; `*` leaves out columns that
  /// the call names itself.
  private func extremes(_ kind: String) -> [CallColumn] {
    guard let first = arguments.first else { return [] }
    var columns: [CallColumn] = []
    var named: Set<String> = []
    for (index, argument) in arguments.enumerated() {
      if argument.isColumn, let name = argument.name { named.insert(name) }
      if argument.value == .star {
        columns += rowColumns(without: named)
        continue
      }
      let unnamed = index == 0 ? kind + "_" : "\(kind)_\(first.name ?? "")_arg\(index)"
      columns.append(CallColumn(argument.name ?? unnamed, argument.type))
    }
    return columns
  }

  private func oldExtremes(_ kind: String) -> [CallColumn] {
    guard let first = arguments.first else { return [] }
    let base = "\(kind)_\(first.name ?? "")"
    var columns = [CallColumn(base, first.type)]
    for (index, argument) in arguments.enumerated().dropFirst() {
      if argument.value == .star {
        let named = Set(first.isColumn ? [firstName] : [])
        columns += rowColumns(without: named).map { CallColumn("\(base)_\($0.name)", $0.type) }
      } else {
        columns.append(
          CallColumn("\(base)_\(argument.name ?? "arg\(index)")", argument.type)
        )
      }
    }
    return columns
  }
}
