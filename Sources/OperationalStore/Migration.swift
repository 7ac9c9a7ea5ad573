public import GRDB

/// A step that brings the tables of a database from one format to the next.
///
/// Steps run once each, in order, each in a transaction of its own; a step that was released is
/// never changed.
public struct Migration: Sendable {
  /// The name under which the database remembers that the step ran.
  public let name: String
  let run: @Sendable (Database) throws -> Void

  public init(_ name: String, _ run: @escaping @Sendable (Database) throws -> Void) {
    self.name = name
    self.run = run
  }
}
