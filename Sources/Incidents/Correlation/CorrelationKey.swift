import Alerts

/// Something that alerts of one attack share, such as a mail, a file or a user: the kind decides
/// how much sharing it says.
struct CorrelationKey: Hashable, Comparable, Sendable {
  enum Kind: String, CaseIterable, Sendable {
    case mail, campaign, url, domain, sender, file, application, address, user, device

    /// Whether it is somebody's, and so in alerts of all that happens to them.
    var isAsset: Bool { self == .user || self == .device }
  }

  let kind: Kind
  let value: String

  init(_ kind: Kind, _ value: String) {
    self.kind = kind
    self.value = value
  }

  static func == (left: CorrelationKey, right: CorrelationKey) -> Bool {
    left.kind == right.kind && left.value.hasBytes(of: right.value)
  }

  /// Reads ``text``.
  init?(text: String) {
    guard let colon = text.firstIndex(of: ":"), let kind = Kind(rawValue: String(text[..<colon]))
    else { return nil }
    self.init(kind, String(text[text.index(after: colon)...]))
  }

  /// What the database keeps, such as `device:4f2a`.
  var text: String { kind.rawValue + ":" + value }

  static func < (left: CorrelationKey, right: CorrelationKey) -> Bool {
    if left.kind == right.kind { return left.value < right.value }
    return left.kind.rawValue < right.kind.rawValue
  }
}
