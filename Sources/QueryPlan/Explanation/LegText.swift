import Columnar

/// How a leg of a union reads but for the table that it reads: legs that read the same are printed
/// once.
///
/// Only chains of filters and projections over a table have such a text.
struct LegText {
  /// Fewest legs that are printed as one.
  static let fewest = 4

  /// The lines, outermost operator first, without the one of the table.
  let lines: [String]
  let table: String
  /// The columns that are read, where they are few; else empty.
  let columns: String

  /// What tells legs apart.
  var shape: String { (lines + [columns]).joined(separator: "\n") }

  init?(_ plan: Plan) {
    var lines: [String] = []
    var plan = plan
    while true {
      switch plan {
      case .filter(let filter):
        let names = Dictionary(
          filter.input.columns.map { ($0.id, $0.name) },
          uniquingKeysWith: { first, _ in first }
        )
        lines.append("filter  " + filter.predicate.text(names, listsColumns: false))
        plan = filter.input
      case .project(let project):
        guard project.expressions.allSatisfy(\.isPassedOrConverted) else { return nil }
        lines.append("project  the columns, some converted")
        plan = project.input
      case .scan(let scan):
        self.lines = lines
        table = scan.table
        columns = scan.columns.count > 1 ? "" : PlanText.columns(scan.columns)
        return
      default: return nil
      }
    }
  }

  /// The lines of several legs of one shape.
  static func lines(of legs: [LegText]) -> [String] {
    guard let first = legs.first else { return [] }
    let tables = ListText.cut(legs.map(\.table), to: 3)
    let columns = first.columns.isEmpty ? "" : "  " + first.columns
    let all = first.lines + ["scan of \(legs.count) tables (\(tables))\(columns)"]
    return all.enumerated().map { String(repeating: "  ", count: $0.offset) + $0.element }
  }
}

extension NamedExpression {
  /// Whether the column is one of the input, as it is or converted to another type.
  fileprivate var isPassedOrConverted: Bool {
    switch expression {
    case .column: return true
    case .literal(let value): return value.isNull
    case .call(let call):
      if call.function == "Element", case .call(let boxed)? = call.arguments.first {
        return boxed.function == "pack_array" && boxed.takesColumn
      }
      return call.function.hasPrefix("to") && call.takesColumn
    default: return false
    }
  }
}

extension Call {
  /// Whether the call is of a column alone.
  fileprivate var takesColumn: Bool {
    guard arguments.count == 1, let only = arguments.first, case .column = only else {
      return false
    }
    return true
  }
}
