/// The life of an incident, in Graph's words.
public enum IncidentStatus: String, Sendable, CaseIterable {
  case active, inProgress, awaitingAction, resolved, redirected

  /// Reads a status in any letter case; `new` is active.
  public init?(reading text: String) {
    let letters = text.lowercased().filter { $0 != " " && $0 != "-" }
    if letters == "new" {
      self = .active
      return
    }
    guard let found = Self.allCases.first(where: { $0.rawValue.lowercased() == letters }) else {
      return nil
    }
    self = found
  }

  /// Whether alerts may still join.
  public var isOpen: Bool { self != .resolved && self != .redirected }
}

/// The life of an alert, in Graph's words.
public enum AlertStatus: String, Sendable, CaseIterable {
  case new, inProgress, resolved

  /// Reads a status in any letter case; `active` is new.
  public init?(reading text: String) {
    let letters = text.lowercased().filter { $0 != " " && $0 != "-" }
    if letters == "active" {
      self = .new
      return
    }
    guard let found = Self.allCases.first(where: { $0.rawValue.lowercased() == letters }) else {
      return nil
    }
    self = found
  }
}
