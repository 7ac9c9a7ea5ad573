import Synchronization

/// A value that the first thread that asks makes; the others wait for it.
public final class Once<Value: Sendable>: Sendable {
  private let made = Mutex<Result<Value, any Error>?>(nil)

  public init() {}

  /// The value; throws what making it threw, each time.
  public func value(_ make: () throws -> Value) throws -> Value {
    try made.withLock { made in
      if let made { return try made.get() }
      let result = Result { try make() }
      made = result
      return try result.get()
    }
  }

  /// The value where it is made already.
  public var known: Value? { made.withLock { try? $0?.get() } }
}
