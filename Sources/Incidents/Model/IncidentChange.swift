import Columnar
public import DetectionRules

/// Who is to own an incident or alert.
public enum Assignment: Sendable, Equatable {
  case to(String)
  case nobody

  var owner: String? {
    switch self {
    case .to(let name): name
    case .nobody: nil
    }
  }
}

/// What is to become of an incident; what is nil or empty stays.
public struct IncidentChange: Sendable, Equatable {
  public var status: IncidentStatus?
  public var assignment: Assignment?
  public var classification: Classification?
  public var severity: Severity?
  public var name: String?
  public var description: String?
  public var addedTags: [String] = []
  public var removedTags: [String] = []
  public var comment: String?
  /// Why it is resolved.
  public var resolvingComment: String?
  /// When another product resolved it; it goes with the status resolved.
  var resolved: DateTime?

  public init() {}

  public var isEmpty: Bool { self == IncidentChange() }

  /// Why it makes no sense for any incident.
  func refusal() -> IncidentFailure? {
    if status == .redirected {
      return IncidentFailure("an incident is redirected by merging it: 'harrier incidents merge'")
    }
    if let name, name.isEmpty || name.utf8.count > 1_024 {
      return IncidentFailure("a name has 1 to 1024 bytes")
    }
    if resolvingComment != nil, status != .resolved {
      return IncidentFailure("a resolving comment goes with the status resolved")
    }
    for tag in addedTags where tag.isEmpty || tag.utf8.count > 256 || tag.contains("\n") {
      return IncidentFailure("a tag has 1 to 256 bytes and one line")
    }
    for tag in addedTags where IncidentWriter.isReserved(tag) {
      return IncidentFailure("merging alone sets the tag '\(tag)'; choose another")
    }
    return IncidentComment.refusal(of: comment) ?? IncidentComment.refusal(of: resolvingComment)
  }
}

/// What is to become of an alert; what is nil stays.
public struct AlertChange: Sendable, Equatable {
  public var status: AlertStatus?
  public var assignment: Assignment?
  public var classification: Classification?
  public var comment: String?

  public init() {}

  public var isEmpty: Bool { self == AlertChange() }
}

enum IncidentComment {
  /// The most letters of a comment, as in the product.
  static let longest = 30_000

  static func refusal(of comment: String?) -> IncidentFailure? {
    guard let comment else { return nil }
    if comment.isEmpty { return IncidentFailure("a comment is not empty") }
    if comment.count <= longest { return nil }
    return IncidentFailure("a comment has at most \(longest) letters, this one \(comment.count)")
  }
}

/// What came of one item of a change in bulk.
public struct ItemOutcome: Sendable, Equatable {
  public let tenant: String
  /// The number of an incident or the id of an alert.
  public let item: String
  /// nil where it was done.
  public let failure: IncidentFailure?

  /// The item as commands take it, `contoso/8`; what named nothing stays as it was written.
  public var reference: String { tenant.isEmpty ? item : "\(tenant)/\(item)" }

  public init(tenant: String, item: String, failure: IncidentFailure?) {
    self.tenant = tenant
    self.item = item
    self.failure = failure
  }
}
