public import SourceText

/// `externaldata (…) [uris]`: rows of files that lie elsewhere.
public struct ExternalData: PlanNode {
  public let columns: [PlanColumn]
  public let uris: [String]
  /// `format`, `ignoreFirstRecord` and so on, as written.
  public let properties: [String: String]
  public let span: SourceSpan

  public init(
    columns: [PlanColumn],
    uris: [String],
    properties: [String: String],
    span: SourceSpan
  ) {
    self.columns = columns
    self.uris = uris
    self.properties = properties
    self.span = span
  }

  public var title: String { "externaldata" }
}
