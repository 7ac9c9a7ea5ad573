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
    case "any": .columns(anyColumns(prefix: "any_"))
    case "take_any": .columns(anyColumns(prefix: ""))
    case "arg_min": .columns(extremes("min"))
    case "arg_max": .columns(extremes("max"))
    case "argmin": .columns(obsoleteExtremes("min"))
    case "argmax": .columns(obsoleteExtremes("max"))
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

  /// Collects columns: `*` stands for the columns of the rows that are no keys and were not named
  /// before; where there is one, no column is repeated.
  private struct Collected {
    var columns: [CallColumn] = []
    let hasStar: Bool
    private var named: Set<String> = []
    private var starred: Set<String> = []

    init(_ arguments: [CallArgument]) {
      hasStar = arguments.contains { $0.value == .star }
    }

    mutating func add(_ argument: CallArgument, _ column: CallColumn) {
      if argument.isColumn, let name = argument.name {
        let isNew = named.insert(name).inserted && !starred.contains(name)
        if hasStar && !isNew { return }
      }
      columns.append(column)
    }

    mutating func addRows(_ context: CallContext, prefix: String) {
      let hidden = named.union(context.keyColumns).union(starred)
      for column in context.rowColumns where !hidden.contains(column.name) {
        columns.append(CallColumn(prefix + column.name, column.type))
      }
      starred = hidden.union(context.rowColumns.map(\.name))
    }
  }

  private func anyColumns(prefix: String) -> [CallColumn] {
    var collected = Collected(arguments)
    for (index, argument) in arguments.enumerated() {
      if argument.value == .star {
        collected.addRows(rules.context, prefix: prefix)
      } else {
        let name = argument.name.map { prefix + $0 } ?? "any_arg\(index)"
        collected.add(argument, CallColumn(name, argument.type))
      }
    }
    return collected.columns
  }

  /// The column of the extreme value, then what is returned with it.
  private func extremes(_ kind: String) -> [CallColumn] {
    var collected = Collected(arguments)
    for (index, argument) in arguments.enumerated() {
      if argument.value == .star {
        collected.addRows(rules.context, prefix: "")
      } else {
        let unnamed = index == 0 ? kind + "_" : "\(kind)_\(firstName)_arg\(index)"
        collected.add(argument, CallColumn(argument.name ?? unnamed, argument.type))
      }
    }
    return collected.columns
  }

  /// As `extremes`, where every name starts with the function and the first argument.
  private func obsoleteExtremes(_ kind: String) -> [CallColumn] {
    let base = "\(kind)_\(firstName)"
    var collected = Collected(arguments)
    for (index, argument) in arguments.enumerated() {
      if argument.value == .star {
        collected.addRows(rules.context, prefix: base + "_")
      } else {
        let name = index == 0 ? base : "\(base)_\(argument.name ?? "arg\(index)")"
        collected.add(argument, CallColumn(name, argument.type))
      }
    }
    return collected.columns
  }
}
