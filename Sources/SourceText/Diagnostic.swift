/// How bad a diagnostic is.
public enum Severity: String, Sendable, Comparable {
  case hint
  case warning
  case error

  public static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }

  private var rank: Int {
    switch self {
    case .hint: 0
    case .warning: 1
    case .error: 2
    }
  }
}

/// A change of the text that would mend a diagnostic.
public struct FixIt: Sendable, Equatable {
  /// What the change does, such as "change to 'DeviceName'".
  public let message: String
  /// The bytes to replace.
  public let span: SourceSpan
  /// What to put there.
  public let replacement: String

  public init(_ message: String, span: SourceSpan, replacement: String) {
    self.message = message
    self.span = span
    self.replacement = replacement
  }
}

/// One finding about a query text.
///
/// Codes are Kusto's `KSnnn` where the meaning is the same and `HRnnn` for Harrier's own.
/// Messages are lower case, say what was found and what was expected, and have no full stop.
public struct Diagnostic: Sendable, Equatable {
  public let code: String
  public let severity: Severity
  /// What is wrong.
  public let message: String
  /// Where it is wrong.
  public let span: SourceSpan
  /// A few words drawn beside the caret line.
  public let label: String?
  /// What to do about it.
  public let help: String?
  public let fixIts: [FixIt]

  public init(
    _ code: String,
    _ severity: Severity = .error,
    _ message: String,
    at span: SourceSpan,
    label: String? = nil,
    help: String? = nil,
    fixIts: [FixIt] = []
  ) {
    self.code = code
    self.severity = severity
    self.message = message
    self.span = span
    self.label = label
    self.help = help
    self.fixIts = fixIts
  }
}

extension Sequence where Element == Diagnostic {
  /// Whether any finding is an error.
  public var hasErrors: Bool { contains { $0.severity == .error } }
}
