import Detections
import FileAccess
import HarrierTesting
import OperationalStore

/// A database without rules, made once: copying it takes less time than making one.
enum EmptyDatabase {
  static let bytes = Result { try made() }

  private static func made() throws -> [UInt8] {
    let first = try TemporaryFolder(in: "/dev/shm")
    let second = try TemporaryFolder(in: "/dev/shm")
    let store = try DetectionStore.open(store: first.path, access: .readWrite)
    try store?.copy(toStore: second.path)
    return try LocalFileSystem().readAll(
      DetectionStore.path(in: second.path),
      limitBytes: 1 << 24
    )
  }
}
