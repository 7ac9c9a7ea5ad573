public import SourceText

/// An operator or plugin that binds but does not run.
public struct Refused: PlanNode {
  /// Its name, as the query writes it.
  public let what: String
  public let inputs: [Plan]
  public let columns: [PlanColumn]
  /// Whether more columns may come than are listed.
  public let isOpen: Bool
  public let span: SourceSpan

  public init(
    what: String,
    inputs: [Plan],
    columns: [PlanColumn],
    isOpen: Bool,
    span: SourceSpan
  ) {
    self.what = what
    self.inputs = inputs
    self.columns = columns
    self.isOpen = isOpen
    self.span = span
  }

  public var title: String { "\(what) (does not run yet)" }
}
