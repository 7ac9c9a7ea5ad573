/// How much is done to mails of a tenant at the same time, as the product limits it. What there is
/// no room for waits in a queue.
///
/// A remediation is what one approval covers.
public struct RemediationLimits: Sendable {
  /// The most remediations that are at work.
  public var mostAtOnce = 50
  /// While one covers more mails than this, no other begins.
  public var largest = 1_000_000

  public static let product = RemediationLimits()
}

extension ActionKind {
  /// The kinds of remediations, for conditions of SQL.
  static let mailKinds = allCases.filter { $0.subject == .mail }.map { "'\($0.rawValue)'" }
    .joined(separator: ", ")
}
