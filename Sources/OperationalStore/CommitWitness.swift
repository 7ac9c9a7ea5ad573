/// Stands at both sides of each commit of a database, so that tests can let a crash or a fault
/// fall there.
public protocol CommitWitness: Sendable {
  /// Called when a transaction is about to be committed; an error rolls it back.
  func willCommit() throws

  /// Called when a transaction has reached the disk; an error hides that from the caller.
  func didCommit() throws
}
