public import SourceText

/// One finding about a file, whoever found it: parser, binder, a run or a rule.
///
/// Texts are raw: each report makes them safe in its own way.
public struct Finding: Sendable, Equatable {
  /// A change that would mend it.
  public struct Fix: Sendable, Equatable {
    public let message: String
    public let region: TextRegion
    public let replacement: String

    public init(_ message: String, region: TextRegion, replacement: String) {
      self.message = message
      self.region = region
      self.replacement = replacement
    }
  }

  /// Another place that has to do with it.
  public struct Place: Sendable, Equatable {
    /// What is there.
    public let message: String
    public let file: String
    /// nil where it is the whole file.
    public let region: TextRegion?

    public init(_ message: String, file: String, at region: TextRegion? = nil) {
      self.message = message
      self.file = file
      self.region = region
    }
  }

  /// The code of the rule.
  public let code: String
  /// The name of the rule, where it has one.
  public var ruleName: String?
  public let severity: Severity
  /// What is wrong.
  public let message: String
  /// What to do about it.
  public var help: String?
  /// The path as it was given.
  public let file: String
  /// nil where it concerns the whole file.
  public let region: TextRegion?
  public var related: [Place] = []
  public var fixes: [Fix] = []

  public init(
    _ code: String,
    _ severity: Severity,
    _ message: String,
    file: String,
    at region: TextRegion? = nil
  ) {
    self.code = code
    self.severity = severity
    self.message = message
    self.file = file
    self.region = region
  }

  /// Makes a finding of a diagnostic of a text.
  ///
  /// - Parameter hasPlace: whether the place of the diagnostic says anything.
  public init(
    _ diagnostic: Diagnostic,
    of source: SourceText,
    file: String,
    hasPlace: Bool = true
  ) {
    self.init(
      diagnostic.code,
      diagnostic.severity,
      diagnostic.message,
      file: file,
      at: hasPlace ? TextRegion(diagnostic.span, of: source) : nil
    )
    help = diagnostic.help
    fixes = diagnostic.fixIts.map {
      Fix($0.message, region: TextRegion($0.span, of: source), replacement: $0.replacement)
    }
  }

  /// What is wrong and what to do about it, in one sentence; raw.
  public var sentence: String { help.map { "\(message); \($0)" } ?? message }

  /// The finding with its place, in one line; raw.
  public var line: String {
    let place = region.map { ":\($0.startLine):\($0.startColumn)" } ?? ""
    return "\(file)\(place): \(severity.rawValue) \(code): \(sentence)"
  }
}
