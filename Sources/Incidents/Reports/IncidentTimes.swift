public import Columnar

/// How long it took until an incident was taken up, and until it was over.
public struct IncidentTimes: Sendable {
  /// From when it was made to when a person first did something about it.
  public let toAcknowledge: TimeSpan?
  /// From when it was made to when it was resolved.
  public let toResolve: TimeSpan?

  public init(_ incident: Incident) {
    toAcknowledge = incident.acknowledged.map { $0.since(incident.created) }
    toResolve = incident.resolved.map { $0.since(incident.created) }
  }

  /// A time as people say it, such as `2 d 3 h` or `4 min 5 s`.
  public static func text(_ span: TimeSpan) -> String {
    let seconds = max(0, span.ticks / TimeSpan.ticksPerSecond)
    let units: [(Int64, String)] = [(86_400, "d"), (3_600, "h"), (60, "min"), (1, "s")]
    guard let first = units.firstIndex(where: { seconds >= $0.0 }) else { return "0 s" }
    let (size, name) = units[first]
    let rest = seconds % size
    guard first + 1 < units.count, rest / units[first + 1].0 > 0 else {
      return "\(seconds / size) \(name)"
    }
    return "\(seconds / size) \(name) \(rest / units[first + 1].0) \(units[first + 1].1)"
  }
}
