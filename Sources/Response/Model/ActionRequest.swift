/// An action that somebody asks for.
public struct ActionRequest: Sendable, Equatable {
  public let tenant: String
  public let kind: ActionKind
  public let target: ActionTarget
  public let source: ActionSource
  /// What else there is to know, such as `isolationType`: `full`.
  public var parameters: [String: String] = [:]
  /// What those of one request have in common: the approval id; made where it is empty.
  public var approval = ""
  /// A name for people.
  public var name = ""
  /// Whether somebody else is to approve it before it is executed.
  public var needsApproval = false
  /// The database's key of the alert that it is about.
  package var alert: String?
  package var incident: Int64?
  package var investigation: Int64?
  package var undoes: Int64?

  public init(
    _ kind: ActionKind,
    on target: ActionTarget,
    of tenant: String,
    source: ActionSource
  ) {
    self.tenant = tenant
    self.kind = kind
    self.target = target
    self.source = source
  }

  var sortedParameters: [(String, String)] {
    parameters.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// What tells what it does from what all others do.
  var effect: String {
    let also = parameters[SendersCopy.asked] == "true" ? " " + SendersCopy.asked : ""
    return kind.rawValue + " " + target.text + also
  }
}
