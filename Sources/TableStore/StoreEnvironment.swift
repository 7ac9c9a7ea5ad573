public import FileAccess
public import OperationalStore

/// The doors that a store uses; tests put simulated ones here.
public struct StoreEnvironment: Sendable {
  public var files: any DurableFileSystem
  public var clock: any Clock
  public var randomness: any Randomness
  /// Path of the catalogue where it is not in the store's folder: SQLite knows real disks only.
  public var databasePath: String?
  /// Stands at the commits of the catalogue, for tests.
  public var witness: (any CommitWitness)?

  public init(
    files: any DurableFileSystem = LocalFileSystem(),
    clock: any Clock = SystemClock(),
    randomness: any Randomness = SystemRandomness()
  ) {
    self.files = files
    self.clock = clock
    self.randomness = randomness
  }

  /// A name of 32 hex digits that nothing has yet.
  func makeID() -> String {
    let high = String(randomness.nextUInt64(), radix: 16)
    let low = String(randomness.nextUInt64(), radix: 16)
    return [high, low].map { String(repeating: "0", count: 16 - $0.count) + $0 }.joined()
  }
}
