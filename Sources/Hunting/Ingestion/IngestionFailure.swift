/// Why a file cannot be used as a table at all.
///
/// Bad lines are no failure: they stand in the report, and the other lines are used.
public struct IngestionFailure: Error, Sendable, Equatable, CustomStringConvertible {
  public let path: String
  /// The line where it shows, from 1; nil where it concerns the whole file.
  public let line: Int?
  /// What was found and what to do, lower case, without a full stop.
  public let reason: String

  init(_ path: String, line: Int? = nil, _ reason: String) {
    self.path = path
    self.line = line
    self.reason = reason
  }

  public var description: String {
    let file = path == "-" ? "standard input" : path
    return line.map { "\(file):\($0): \(reason)" } ?? "\(file): \(reason)"
  }
}
