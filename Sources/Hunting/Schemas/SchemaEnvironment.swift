/// A set of tables that queries are written against.
public enum SchemaEnvironment: String, Sendable, CaseIterable {
  /// Both others; a table of both has the columns of both and `Timestamp` and `TimeGenerated`.
  case hunting
  /// Advanced hunting in Microsoft Defender XDR.
  case xdr
  /// Microsoft Sentinel and Log Analytics.
  case sentinel
}
