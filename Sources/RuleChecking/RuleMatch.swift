import SourceText
import StructuredText

/// A place of a rule: in its document, or in its query.
enum RulePlace: Sendable, Equatable {
  /// The key or scalar that starts there.
  case document(DocumentPlace)
  /// Bytes of the query's text.
  case query(SourceSpan)
}

/// What a check found at one place.
struct RuleMatch: Sendable {
  var place: RulePlace
  var message: String
  var help: String?
  var fix: RuleFix?
  /// Where it is less bad than the check usually says.
  var severity: FindingSeverity?
  /// Places in other files that have to do with it.
  var related: [RelatedRule] = []

  init(
    _ message: String,
    at place: RulePlace,
    help: String? = nil,
    fix: RuleFix? = nil,
    severity: FindingSeverity? = nil
  ) {
    self.message = message
    self.place = place
    self.help = help
    self.fix = fix
    self.severity = severity
  }

  init(
    _ message: String,
    at place: DocumentPlace,
    help: String? = nil,
    fix: RuleFix? = nil,
    severity: FindingSeverity? = nil
  ) {
    self.init(message, at: .document(place), help: help, fix: fix, severity: severity)
  }
}

/// A change of the file that would mend a finding.
struct RuleFix: Sendable {
  enum Change: Sendable {
    /// The scalar that starts at a place gets another text, and keeps its quotes.
    case scalar(DocumentPlace, String)
    /// A part of the query is replaced.
    case query(SourceSpan, String)
  }

  let message: String
  let change: Change

  init(_ message: String, _ change: Change) {
    self.message = message
    self.change = change
  }
}

/// Another rule that has to do with a finding.
struct RelatedRule: Sendable {
  let message: String
  let path: String
  let place: DocumentPlace
}
