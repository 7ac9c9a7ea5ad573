/// A file that was looked at, with what was found in it.
public struct CheckedFile: Sendable, Equatable {
  /// As it was given; may hold any character.
  public let path: String
  public let findings: [Finding]

  public init(_ path: String, _ findings: [Finding]) {
    self.path = path
    self.findings = findings
  }
}
