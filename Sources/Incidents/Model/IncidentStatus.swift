/// A status that is read in any letter case.
protocol StatusWord: CaseIterable, RawRepresentable<String> {
  /// The first one, which people call both new and active.
  static var opening: Self { get }
}

extension StatusWord {
  static func reading(_ text: String) -> Self? {
    let letters = text.lowercased().filter { $0 != " " && $0 != "-" }
    if letters == "new" || letters == "active" { return opening }
    return allCases.first { $0.rawValue.lowercased() == letters }
  }
}

/// The life of an incident, in Graph's words.
public enum IncidentStatus: String, Sendable, StatusWord {
  case active, inProgress, awaitingAction, resolved, redirected

  static let opening = IncidentStatus.active

  /// Reads a status in any letter case; `new` is active.
  public init?(reading text: String) {
    guard let status = Self.reading(text) else { return nil }
    self = status
  }

  /// Whether alerts may still join.
  public var isOpen: Bool { self != .resolved && self != .redirected }
}

/// The life of an alert, in Graph's words.
public enum AlertStatus: String, Sendable, StatusWord {
  case new, inProgress, resolved

  static let opening = AlertStatus.new

  /// Reads a status in any letter case; `active` is new.
  public init?(reading text: String) {
    guard let status = Self.reading(text) else { return nil }
    self = status
  }
}
