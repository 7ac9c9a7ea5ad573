import Alerts
import Columnar

/// What tells an event or an alert of a rule from all others, for ever: 32 bytes of SHA-256.
///
/// Neither the time of a run nor the order of rows is in it.
public struct EventKey: Hashable, Comparable, Sendable {
  /// The version of the canonical bytes; another one would raise every alert again.
  static let version: UInt8 = 1

  public let bytes: [UInt8]

  public init(_ bytes: [UInt8]) { self.bytes = bytes }

  public static func < (left: EventKey, right: EventKey) -> Bool {
    left.bytes.lexicographicallyPrecedes(right.bytes)
  }

  /// What tells an event within its rule and tenant.
  enum Identity {
    /// A record: its time in ticks, its number, and the device that counted it.
    case record(ticks: Int64, device: String, report: String)
    /// A row that is no record, by all its columns.
    case row(digest: [UInt8])
    /// All events of a run together, by the end of the run's window in ticks.
    case bucket(ticks: Int64)
    /// What a run has more than it may raise, by the end of the run's window in ticks.
    case overflow(ticks: Int64)
    /// That a rule was turned off, by the instant in ticks.
    case health(ticks: Int64)
  }

  /// - Parameter assets: the entities that were harmed, in any order.
  init(tenant: String, rule: String, assets: [Entity], _ identity: Identity) {
    var canonical = CanonicalBytes("harrier event", version: Self.version)
    canonical.append(tenant)
    canonical.append(rule)
    Entity.append(assets, to: &canonical)
    switch identity {
    case .record(let ticks, let device, let report):
      canonical.append(form: "E")
      canonical.append(ticks)
      canonical.append(device)
      canonical.append(report)
    case .row(let digest):
      canonical.append(form: "R")
      canonical.append(HexDigits.text(digest))
    case .bucket(let ticks):
      canonical.append(form: "G")
      canonical.append(ticks)
    case .overflow(let ticks):
      canonical.append(form: "O")
      canonical.append(ticks)
    case .health(let ticks):
      canonical.append(form: "H")
      canonical.append(ticks)
    }
    bytes = canonical.digest
  }

  /// The key of hexadecimal digits.
  init(digits: String) { bytes = HexDigits.bytes(digits) }

  /// In hexadecimal digits.
  public var text: String { HexDigits.text(bytes) }
}
