/// What a query file says of its own outcome.
public enum Expectation: Sendable, Equatable {
  /// A result has so many rows.
  case rows(RowExpectation)
  /// The results are those of the snapshot beside the file.
  case snapshot
  /// The text is refused, or fails when it runs; nil stands for any code and any place.
  case error(code: String?, at: TextPosition?)
  /// There is a diagnostic of that code, however bad.
  case diagnostic(code: String)

  /// Whether the file is to fail.
  var isError: Bool {
    if case .error = self { true } else { false }
  }
}

/// How many rows a result is to have.
public struct RowExpectation: Sendable, Equatable {
  /// How two counts are compared.
  public enum Comparison: String, Sendable, CaseIterable {
    case equal = "=="
    case unequal = "!="
    case less = "<"
    case atMost = "<="
    case greater = ">"
    case atLeast = ">="

    func holds(_ left: Int, _ right: Int) -> Bool {
      switch self {
      case .equal: left == right
      case .unequal: left != right
      case .less: left < right
      case .atMost: left <= right
      case .greater: left > right
      case .atLeast: left >= right
      }
    }
  }

  /// The number of the result, from 1; nil for the last.
  public let result: Int?
  public let comparison: Comparison
  public let count: Int

  public init(result: Int? = nil, _ comparison: Comparison, _ count: Int) {
    self.result = result
    self.comparison = comparison
    self.count = count
  }

  /// The expectation as it is written.
  var text: String {
    let place = result.map { "result \($0) " } ?? ""
    return "\(place)rows \(comparison.rawValue) \(count)"
  }
}

/// A line and a column as messages show them, both from 1; columns count Unicode scalars.
public struct TextPosition: Sendable, Equatable {
  public let line: Int
  public let column: Int

  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }
}
