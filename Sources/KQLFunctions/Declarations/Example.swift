/// A query and the single value or row that it yields; executed by tests and shown in the
/// reference.
public struct Example: Sendable {
  /// A whole query of one row, such as `print strlen("abc")`.
  public let query: String
  /// The row as CSV prints it, values separated by a comma and a blank, such as `3`; null as
  /// `null`.
  public let result: String

  public init(_ query: String, _ result: String) {
    self.query = query
    self.result = result
  }
}
