/// What part of a value a needle has to be.
public enum TextMatchMode: Sendable, Equatable {
  /// Anywhere (`contains`).
  case contains
  /// At the start of the value (`startswith`).
  case startsWith
  /// At the end of the value (`endswith`).
  case endsWith
  /// Whole terms (`has`).
  case hasTerm
  /// At the start of a term (`hasprefix`).
  case hasPrefix
  /// At the end of a term (`hassuffix`).
  case hasSuffix
  /// The whole value (`==`, `=~`).
  case equals

  var needsTermStart: Bool { self == .hasTerm || self == .hasPrefix }
  var needsTermEnd: Bool { self == .hasTerm || self == .hasSuffix }
  /// True where the needle may lie anywhere in the value, so that the value is scanned for it.
  var scans: Bool {
    switch self {
    case .contains, .hasTerm, .hasPrefix, .hasSuffix: return true
    case .startsWith, .endsWith, .equals: return false
    }
  }
}
