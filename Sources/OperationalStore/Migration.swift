public import GRDB

/// A step that brings the tables of a database from one format to the next.
///
/// Steps run once each, in order, each in a transaction of its own; a step that was released is
/// never changed.
public struct Migration: Sendable {
  /// The name under which the database remembers that the step ran.
  public let name: String
  let run: @Sendable (Database) throws -> Void
  /// Whether references are checked by each statement, as always, instead of all of them at the end
  /// of the step, which takes half a minute in a database of a million alerts.
  let keepsReferences: Bool

  /// - Parameter keepsReferences: true for a step that makes no table anew to which others refer.
  public init(
    _ name: String,
    keepsReferences: Bool = false,
    _ run: @escaping @Sendable (Database) throws -> Void
  ) {
    self.name = name
    self.keepsReferences = keepsReferences
    self.run = run
  }
}
