import Synchronization

/// What the scans of one query share, in all its parts, so that they see a source at one moment
/// that others change meanwhile.
public final class ReadMoment: Sendable {
  /// nil where the query has ended.
  private let kept = Mutex<[Key: any Sendable]?>([:])

  private struct Key: Hashable, Sendable {
    let type: ObjectIdentifier
    let name: String
  }

  public init() {}

  /// The value of a name, made when it is first asked for; throws what making it threw, each time.
  public func value<Value: Sendable>(
    of name: String,
    _ make: () throws -> Value
  ) throws -> Value {
    let key = Key(type: ObjectIdentifier(Value.self), name: name)
    // Making one may ask for another.
    let once = kept.withLock { kept in
      if let once = kept?[key] as? Once<Value> { return once }
      let once = Once<Value>()
      kept?[key] = once
      return once
    }
    return try once.value(make)
  }

  /// Lets go of all values, which may hold the moment themselves.
  public func end() { _ = kept.withLock { $0.take() } }
}
