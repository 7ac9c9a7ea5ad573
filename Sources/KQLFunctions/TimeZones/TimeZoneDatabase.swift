/// The door to the rules of time zones; who runs queries says where they come from.
public protocol TimeZoneDatabase: Sendable {
  /// The rules of a zone such as `Europe/Copenhagen`; nil where there is no zone of that name.
  ///
  /// Throws a `QueryFailure` where there is no database or it cannot be read.
  func rules(named name: String) throws -> TimeZoneRules?

  /// The names of all zones, sorted by their bytes.
  func names() throws -> [String]
}
