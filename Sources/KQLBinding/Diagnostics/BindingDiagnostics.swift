import SourceText

/// Every finding of the binder. Codes and meanings are those of Kusto where it has them.
extension Diagnostic {
  // MARK: Names

  static func unknownName(
    _ name: String,
    at span: SourceSpan,
    suggestion: String?
  ) -> Diagnostic {
    suggesting(
      "KS142",
      "the name '\(name)' does not refer to any known column, table, variable or function",
      at: span,
      suggestion: suggestion
    )
  }

  static func unknownColumn(
    _ name: String,
    at span: SourceSpan,
    suggestion: String? = nil
  ) -> Diagnostic {
    suggesting(
      "KS142",
      "the name '\(name)' does not refer to any known column",
      at: span,
      suggestion: suggestion
    )
  }

  static func unknownTable(
    _ name: String,
    at span: SourceSpan,
    suggestion: String?
  ) -> Diagnostic {
    suggesting(
      "KS204",
      "the name '\(name)' does not refer to any known table, tabular variable or function",
      at: span,
      suggestion: suggestion
    )
  }

  static func unknownFunction(
    _ name: String,
    at span: SourceSpan,
    suggestion: String?
  ) -> Diagnostic {
    suggesting(
      "KS211",
      "the name '\(name)' does not refer to any known function",
      at: span,
      suggestion: suggestion
    )
  }

  static func unknownPlugin(
    _ name: String,
    at span: SourceSpan,
    suggestion: String?
  ) -> Diagnostic {
    suggesting(
      "KS124",
      "the plug-in function '\(name)' is not defined",
      at: span,
      suggestion: suggestion
    )
  }

  static func unknownMember(_ name: String, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "KS142",
      "the name '\(name)' does not refer to any known column, table, variable or function",
      at: span,
      label: "not a member of what stands before the dot",
      help: "only dynamic values have members; parse_json() makes one of a text"
    )
  }

  static func duplicateColumn(_ name: String, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "KS171",
      "a column with the name '\(name)' is already declared",
      at: span,
      label: "named twice",
      help: "give one of the columns another name"
    )
  }

  static func duplicateVariable(_ name: String, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "KS201",
      "a variable with the name '\(name)' has already been declared",
      at: span,
      label: "declared twice",
      help: "choose another name"
    )
  }

  // MARK: Kinds of expressions

  static func scalarExpected(at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "KS108",
      "a scalar value expected",
      at: span,
      label: "this is a table",
      help: "toscalar() takes the first value of a table"
    )
  }

  static func tableExpected(at span: SourceSpan) -> Diagnostic {
    Diagnostic("KS110", "a table expected", at: span, label: "this is a scalar value")
  }

  static func literalExpected(at span: SourceSpan) -> Diagnostic {
    Diagnostic("KS103", "the expression must be a literal value", at: span)
  }

  static func starNotAllowed(at span: SourceSpan) -> Diagnostic {
    Diagnostic("KS148", "the '*' is not allowed in this context", at: span)
  }

  static func aggregateNotAllowed(_ name: String, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "KS144",
      "the aggregate function '\(name)' is not allowed in this context",
      at: span,
      help: "aggregates stand in summarize, make-series and top-nested"
    )
  }

  static func notAggregate(_ name: String, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "KS236",
      "the name '\(name)' is not an aggregate or scalar function",
      at: span,
      label: "stands outside of an aggregate",
      help: "aggregate it, as in take_any(\(name)), or group by it"
    )
  }

  static func elementNotAllowed(at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "KS147",
      "the element access operator [] is not allowed in this context",
      at: span,
      help: "only dynamic values have elements; parse_json() makes one of a text"
    )
  }

  static func serializedInputNeeded(_ name: String, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "HR210",
      "the function '\(name)' needs rows in a fixed order",
      at: span,
      label: "the order of these rows is not fixed",
      help: "put sort by or serialize before it"
    )
  }

  // MARK: Types

  static func operatorUndefined(
    _ symbol: String,
    _ types: [BoundType],
    at span: SourceSpan,
    help: String? = nil
  ) -> Diagnostic {
    let names = types.map(\.name).joined(separator: " and ")
    let noun = types.count == 1 ? "operand type" : "operand types"
    return Diagnostic(
      "KS106",
      "the operator '\(symbol)' is not defined for the \(noun) \(names)",
      at: span,
      help: help ?? "convert an operand, for instance with tostring() or todatetime()"
    )
  }

  static func typeExpected(_ types: [String], at span: SourceSpan) -> Diagnostic {
    Diagnostic("KS107", "a value of type \(list(types)) expected", at: span)
  }

  static func typeNotAllowed(_ type: String, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "KS116",
      "the value of type '\(type)' is not allowed in this context",
      at: span,
      help: type == "dynamic" ? "convert it first, for instance with tostring()" : nil
    )
  }

  static func mustHaveType(_ types: [String], at span: SourceSpan) -> Diagnostic {
    Diagnostic("KS141", "the expression must have the type \(list(types))", at: span)
  }

  static func summableExpected(at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "KS138",
      "the argument value must be summable: a number, timespan or datetime",
      at: span
    )
  }

  static func interval(_ step: BoundType, for axis: BoundType, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "KS178",
      "the type '\(step.name)' is not an appropriate interval type for '\(axis.name)'",
      at: span,
      help: axis.name == "datetime" ? "write a timespan, as in step 1h" : nil
    )
  }

  static func branchTypes(
    _ function: String,
    _ first: BoundType,
    _ other: BoundType,
    at span: SourceSpan
  ) -> Diagnostic {
    Diagnostic(
      "HR216",
      "the results of \(function)() have types that do not mix: \(first.name) and \(other.name)",
      at: span,
      label: "this is \(other.name)",
      help: "convert one of them, for instance with todouble(), or write 1.0 for 1"
    )
  }

  static func integerExpected(at span: SourceSpan) -> Diagnostic {
    Diagnostic("KS134", "the expression value must be an integer", at: span)
  }

  static func invalidLiteral(at span: SourceSpan) -> Diagnostic {
    Diagnostic("KS003", "the literal has no value of its type", at: span)
  }

  static func invalidTypeName(_ name: String, at span: SourceSpan) -> Diagnostic {
    Diagnostic("KS177", "the name '\(name)' is not a known type", at: span)
  }

  // MARK: Calls

  static func argumentCount(
    _ name: String,
    minimum: Int,
    maximum: Int,
    at span: SourceSpan
  ) -> Diagnostic {
    if minimum == maximum {
      let noun = minimum == 1 ? "argument" : "arguments"
      return Diagnostic(
        "KS119",
        "the function '\(name)' expects \(minimum) \(noun)",
        at: span
      )
    }
    return Diagnostic(
      "KS120",
      "the function '\(name)' expects between \(minimum) and \(maximum) arguments",
      at: span
    )
  }

  static func unknownArgument(_ name: String, at span: SourceSpan) -> Diagnostic {
    Diagnostic("KS122", "the function has no parameter named '\(name)'", at: span)
  }

  static func missingColumns(_ names: [String], at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "KS249",
      "the tabular value does not have the required columns",
      at: span,
      label: "lacks \(names.joined(separator: ", "))"
    )
  }

  static func noPattern(_ name: String, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "KS210",
      "no body of the pattern '\(name)' is for these arguments",
      at: span,
      help: "the arguments must be constants that the pattern lists"
    )
  }

  static func unknownWatchlist(_ name: String, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "HR215",
      "there is no watchlist named '\(name)'",
      at: span,
      help: "load a watchlist under this alias"
    )
  }

  static func missingQueryParameter(_ name: String, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "HR214",
      "the query parameter '\(name)' has no value",
      at: span,
      help: "give a value with the query or a default in the declaration"
    )
  }

  // MARK: Operators

  static func dataCount(multipleOf count: Int, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "KS173",
      "incorrect number of data values: the values should appear in multiples of \(count)",
      at: span
    )
  }

  static func tooManyNames(_ count: Int, at span: SourceSpan) -> Diagnostic {
    Diagnostic("KS151", "the expression yields \(count) columns only", at: span)
  }

  static func operatorCannotBeFirst(at span: SourceSpan) -> Diagnostic {
    Diagnostic("KS174", "the operator cannot be the first operator in the query", at: span)
  }

  static func unknownJoinKind(_ name: String, at span: SourceSpan) -> Diagnostic {
    Diagnostic("KS115", "unknown kind '\(name)'", at: span)
  }

  static func joinCondition(at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "KS126",
      "a join condition must be a column or an equality of $left and $right",
      at: span,
      help: "write it as in $left.DeviceId == $right.DeviceId"
    )
  }

  static func joinTypes(
    _ name: String?,
    _ left: BoundType,
    _ right: BoundType,
    at span: SourceSpan
  ) -> Diagnostic {
    let help = "convert one of them to the type of the other before the join"
    if let name {
      return Diagnostic(
        "KS227",
        "the common column '\(name)' must have the same type on both sides of the join",
        at: span,
        label: "\(left.name) and \(right.name)",
        help: help
      )
    }
    return Diagnostic(
      "KS242",
      "inconsistent data types for join keys: \(left.name) and \(right.name)",
      at: span,
      help: help
    )
  }

  static func dynamicJoinKey(at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "KS241",
      "join keys cannot be dynamic",
      at: span,
      help: "convert them first, for instance with tostring()"
    )
  }

  static func joinOperand(_ side: String, at span: SourceSpan) -> Diagnostic {
    Diagnostic("KS183", "the join condition operand must be a column of \(side)", at: span)
  }

  static func noMatch(_ pattern: String, at span: SourceSpan) -> Diagnostic {
    Diagnostic("KS142", "the pattern '\(pattern)' does not match any table", at: span)
  }

  static func dynamicRefused(_ symbol: String, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "HR212",
      "the operator '\(symbol)' needs to know the type of one operand at least",
      at: span,
      label: "both are dynamic",
      help: "convert them, for instance with tostring() or tolong()"
    )
  }

  static func ambiguousStar(at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "KS103",
      "using * after parsing a string column is ambiguous",
      at: span,
      help: "put a text between them, or give the column another type"
    )
  }

  static func queryTooComplex(at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "HR201",
      "the query nests too deeply or grows too large",
      at: span,
      help: "take nested lets and function calls apart"
    )
  }

  static func invalid(_ message: String, at span: SourceSpan) -> Diagnostic {
    Diagnostic("HR213", message, at: span)
  }

  private static func suggesting(
    _ code: String,
    _ message: String,
    at span: SourceSpan,
    suggestion: String?
  ) -> Diagnostic {
    guard let suggestion else { return Diagnostic(code, message, at: span) }
    return Diagnostic(
      code,
      message,
      at: span,
      label: "did you mean '\(suggestion)'?",
      fixIts: [
        FixIt("change to '\(suggestion)'", span: span, replacement: written(suggestion))
      ]
    )
  }

  /// A name as a query writes it: in brackets where it has other than letters, digits and `_`.
  private static func written(_ name: String) -> String {
    let isPlain = name.utf8.allSatisfy { byte in
      byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 26 || byte == 0x5F
    }
    if isPlain, let first = name.utf8.first, first &- 0x30 >= 10 { return name }
    let escaped = name.replacing("\\", with: "\\\\").replacing("'", with: "\\'")
    return "['\(escaped)']"
  }

  private static func list(_ types: [String]) -> String {
    guard types.count > 1, let last = types.last else { return types.first ?? "unknown" }
    return types.dropLast().joined(separator: ", ") + " or " + last
  }
}

extension Diagnostic {
  /// Makes an error.
  init(
    _ code: String,
    _ message: String,
    at span: SourceSpan,
    label: String? = nil,
    help: String? = nil,
    fixIts: [FixIt] = []
  ) {
    self.init(code, .error, message, at: span, label: label, help: help, fixIts: fixIts)
  }
}
