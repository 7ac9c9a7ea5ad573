import Synchronization

/// A disk in memory that keeps what was synced apart from what was only written, counts its
/// operations, and fails or loses power where a test wants it.
///
/// It is the twin of `LocalFileSystem` for what must outlast a crash. Relative paths start at `.`.
public final class SimulatedDisk: DurableFileSystem {
  /// What a power loss does to that which was not synced.
  public enum Loss: CaseIterable, Sendable {
    /// Nothing: only the process died.
    case nothing
    /// All of it is lost.
    case unsynced
    /// A prefix of the bytes of each file and of the changes of names is left.
    case torn
    /// Each write and each change of a name is kept or lost on its own; holes are zeros.
    case reordered
  }

  /// How an operation fails.
  public enum Fault: CaseIterable, Sendable {
    case inputOutput
    case noSpace
    /// A write puts down half of its bytes, then there is no space; as `noSpace` elsewhere.
    case shortWrite
    case interrupted
  }

  /// State under the lock.
  struct Contents {
    var disk: SimulatedDiskState
    var operationCount = 0
    var crashPoint: Int?
    var faultPoint: (operation: Int, fault: Fault)?
    var exclusive: Set<String> = []
    var shared: [String: [Int64: Int]] = [:]
    /// Power losses so far; locks and open files of earlier lives mean nothing.
    var life = 0
    var trace: [String] = []
  }

  private let contents: Mutex<Contents>

  /// Makes an empty disk with the folder `root`.
  public init(root: String = ".") {
    contents = Mutex(Contents(disk: SimulatedDiskState(root: root)))
  }

  /// Operations since the start or the last restart.
  public var operationCount: Int { contents.withLock { $0.operationCount } }

  /// The operations since the last restart by name and path, for messages.
  public var trace: [String] { contents.withLock { $0.trace } }

  /// Lets the operation of this number (from 0) and all after it fail: the process is dead.
  public func crash(atOperation number: Int) {
    contents.withLock { $0.crashPoint = number }
  }

  /// Lets the one operation of this number (from 0) fail.
  public func fail(atOperation number: Int, with fault: Fault) {
    contents.withLock { $0.faultPoint = (number, fault) }
  }

  /// Ends the life of the process: locks go, faults are forgotten, what was not synced is lost.
  public func restart(_ loss: Loss, seed: UInt64 = 0) {
    contents.withLock { contents in
      contents.disk.losePower(loss, choosing: SeededRandomness(seed: seed))
      contents.operationCount = 0
      contents.crashPoint = nil
      contents.faultPoint = nil
      contents.exclusive = []
      contents.shared = [:]
      contents.life += 1
      contents.trace = []
    }
  }

  /// Counts a step that is not of this disk, such as a commit of a database, so that a crash or
  /// fault can fall on it.
  public func pass(_ point: String) throws(FileFailure) {
    try perform(point, .sync) { _ throws(FileFailure) in }
  }

  /// All files by path with their bytes, as a running program sees them.
  public var files: [String: [UInt8]] {
    contents.withLock { contents in
      contents.disk.names.compactMapValues { entry in
        if case .file(let number) = entry { contents.disk.files[number]?.bytes } else { nil }
      }
    }
  }

  /// Changes bytes of a file behind the back of its users, as failing hardware does.
  public func damage(_ path: String, _ change: (inout [UInt8]) -> Void) {
    contents.withLock { contents in
      guard case .file(let number) = contents.disk.names[path],
        var file = contents.disk.files[number]
      else { return }
      change(&file.bytes)
      file.syncedBytes = file.bytes.count
      file.writeEnds = []
      contents.disk.files[number] = file
    }
  }

  /// Counts an operation, lets it fail where that is planned, and else does it.
  func perform<Value>(
    _ path: String,
    _ operation: FileFailure.Operation,
    onFault: (inout Contents) -> Void = { _ in },
    _ body: (inout Contents) throws(FileFailure) -> Value
  ) throws(FileFailure) -> Value {
    var failure: FileFailure?
    let value = contents.withLock { contents -> Value? in
      let number = contents.operationCount
      contents.operationCount += 1
      contents.trace.append("\(number) \(operation.rawValue) \(path)")
      if let crashPoint = contents.crashPoint, number >= crashPoint {
        failure = FileFailure(.io(code: 5), path: path, operation: operation)
        return nil
      }
      if let planned = contents.faultPoint, number == planned.operation {
        if planned.fault == .shortWrite || operation == .sync { onFault(&contents) }
        failure = FileFailure(planned.fault.reason, path: path, operation: operation)
        return nil
      }
      do throws(FileFailure) {
        return try body(&contents)
      } catch {
        failure = error
        return nil
      }
    }
    if let value { return value }
    throw failure ?? FileFailure(.io(code: 5), path: path, operation: operation)
  }

  /// Reads the state without counting an operation.
  func inspect<Value: Sendable>(_ body: (Contents) -> Value) -> Value {
    contents.withLock { body($0) }
  }

  /// Changes the state without counting an operation.
  func adjust(_ body: (inout Contents) -> Void) {
    contents.withLock { body(&$0) }
  }
}

extension SimulatedDisk.Fault {
  /// The reason that the caller sees.
  fileprivate var reason: FileFailure.Reason {
    switch self {
    case .inputOutput: .io(code: 5)
    case .noSpace, .shortWrite: .noSpace
    case .interrupted: .io(code: 4)
    }
  }
}
