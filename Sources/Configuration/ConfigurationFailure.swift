public import SourceText

/// Says what is wrong with a configuration, where, and what to do.
public struct ConfigurationFailure: Error, Sendable {
  public let source: SourceText
  public let diagnostic: Diagnostic

  private init(
    _ code: String,
    _ message: String,
    at span: SourceSpan,
    in source: SourceText,
    help: String? = nil,
    fixIts: [FixIt] = []
  ) {
    self.source = source
    diagnostic = Diagnostic(code, .error, message, at: span, help: help, fixIts: fixIts)
  }
}

extension ConfigurationFailure {
  static func syntax(_ message: String, at span: SourceSpan, in source: SourceText) -> Self {
    Self("HR801", message, at: span, in: source)
  }

  static func unknownKey(
    _ name: String,
    among names: [String],
    at span: SourceSpan,
    in source: SourceText
  ) -> Self {
    let near = NearMiss.nearest(to: name, among: names, limit: 1).first
    let fix = near.map { FixIt("change to '\($0)'", span: span, replacement: $0) }
    return Self(
      "HR802",
      "there is no key '\(name)' here",
      at: span,
      in: source,
      help: "'harrier config' lists the keys that there are",
      fixIts: fix.map { [$0] } ?? []
    )
  }

  static func wrongKind(
    _ key: ConfigurationKey,
    found: String,
    at span: SourceSpan,
    in source: SourceText
  ) -> Self {
    Self(
      "HR803",
      "'\(key.name)' is \(key.kind.wanted), not \(found)",
      at: span,
      in: source,
      help: "it says: \(key.summary)"
    )
  }

  static func duplicate(_ name: String, at span: SourceSpan, in source: SourceText) -> Self {
    Self("HR804", "the key '\(name)' is set twice; leave one out", at: span, in: source)
  }

  static func alias(at span: SourceSpan, in source: SourceText) -> Self {
    Self(
      "HR805",
      "anchors (&) and aliases (*) are not taken",
      at: span,
      in: source,
      help: "write the value out; a text that begins with & or * needs quotes"
    )
  }

  static func tooDeep(at span: SourceSpan, in source: SourceText) -> Self {
    let message = "more than \(ConfigurationLimits.depth) levels within one another"
    return Self("HR806", message, at: span, in: source)
  }

  static func personal(
    _ key: ConfigurationKey,
    at span: SourceSpan,
    in source: SourceText
  ) -> Self {
    Self(
      "HR807",
      "'\(key.name)' names a program to run, which the file of a folder may not",
      at: span,
      in: source,
      help: "set it in your own file below ~/.config/harrier, or set \(key.variable())"
    )
  }

  /// A failure of a whole file, before its text matters.
  static func file(_ path: String, _ code: String, _ message: String, help: String) -> Self {
    let source = SourceText(bytes: [], name: path)
    return Self(code, message, at: .at(0), in: source, help: help)
  }
}

extension ConfigurationKind {
  /// What is expected, in messages.
  var wanted: String {
    switch self {
    case .text: "a text"
    case .choice(let words): "one of \(words.joined(separator: ", "))"
    case .integer: "a whole number"
    case .decimal: "a number"
    case .flag: "true or false"
    case .folder: "a path"
    case .texts: "a text or a list of texts"
    case .pairs: "a list of 'name=value' or a table"
    case .files: "a list of 'name=FILE' or a table"
    }
  }
}
