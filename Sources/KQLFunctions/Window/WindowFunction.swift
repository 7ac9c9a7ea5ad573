public import Columnar

/// One evaluation of a window function over all rows of a serialized input.
public struct WindowCall {
  public let arguments: [Vector]
  /// Rows of the input, also where there is no argument.
  public let count: Int
  /// The type that the binder gave the call.
  public let resultType: ScalarType
  /// Byte offsets of the call in the query, for messages.
  public let range: Range<Int>

  public init(arguments: [Vector], count: Int, resultType: ScalarType, range: Range<Int>) {
    self.arguments = arguments
    self.count = count
    self.resultType = resultType
    self.range = range
  }
}

/// A function whose value in a row depends on other rows, in their order; declared in one place.
public struct WindowFunction: FunctionDeclaration {
  public let name: String
  public let signature: String
  public let summary: String
  public let examples: [Example]
  /// Computes the values of all rows.
  public let evaluate: @Sendable (WindowCall) throws -> Vector

  public init(
    _ name: String,
    _ signature: String,
    _ summary: String,
    examples: [Example],
    evaluate: @escaping @Sendable (WindowCall) throws -> Vector
  ) {
    self.name = name
    self.signature = signature
    self.summary = summary
    self.examples = examples
    self.evaluate = evaluate
  }

  public var category: FunctionSymbol.Category { .function }
}

extension FunctionCatalog {
  /// Every declared window function, by family.
  public static let windowFunctions: [WindowFunction] = [
    WindowFunction.neighbourFamily,
    WindowFunction.countingFamily,
    WindowFunction.rankFamily,
    WindowFunction.sessionFamily,
  ].flatMap { (family: [WindowFunction]) in family }

  /// The window function of a name.
  public static func window(_ name: String) -> WindowFunction? { windowsByName[name] }

  private static let windowsByName: [String: WindowFunction] = Dictionary(
    uniqueKeysWithValues: windowFunctions.map { ($0.name, $0) }
  )
}
