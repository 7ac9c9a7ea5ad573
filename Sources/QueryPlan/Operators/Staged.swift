public import SourceText

/// A plugin whose columns are known only once its input has run, such as `bag_unpack`.
///
/// The engine runs it, then binds the query anew with the columns that came out.
public struct Staged: PlanNode {
  /// Names the place in the query, call path included.
  public let key: String
  public let plugin: String
  public let arguments: [Expression]
  public let options: [String: String]
  public let input: Plan
  /// What is known before: the schema is open.
  public let columns: [PlanColumn]
  public let span: SourceSpan

  public init(
    key: String,
    plugin: String,
    arguments: [Expression],
    options: [String: String],
    input: Plan,
    columns: [PlanColumn],
    span: SourceSpan
  ) {
    self.key = key
    self.plugin = plugin
    self.arguments = arguments
    self.options = options
    self.input = input
    self.columns = columns
    self.span = span
  }

  /// The plugin over other rows of the same columns.
  public func reading(_ input: Plan) -> Staged {
    Staged(
      key: key,
      plugin: plugin,
      arguments: arguments,
      options: options,
      input: input,
      columns: columns,
      span: span
    )
  }

  /// What the table that a plugin came to is called; no table of a user has such a name.
  public static func handle(_ number: Int) -> String { "$stage\(number)" }

  /// Whether a table is what a plugin came to.
  static func isHandle(_ table: String) -> Bool { table.hasPrefix("$stage") }

  public var title: String { "evaluate \(plugin)" }
  public var inputs: [Plan] { [input] }
}
