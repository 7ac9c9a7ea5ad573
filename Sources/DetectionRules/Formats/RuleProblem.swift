public import StructuredText

/// What is wrong with a rule file, found while it was read.
public struct RuleProblem: Sendable, Equatable {
  /// `HD0` and two digits; what the checks of rules find starts with other digits.
  public let code: String
  /// Whether the rule cannot be used; else it is a warning.
  public let isError: Bool
  public let message: String
  public let place: DocumentPlace
  public let help: String?

  public init(
    _ code: String,
    isError: Bool = true,
    _ message: String,
    at place: DocumentPlace,
    help: String? = nil
  ) {
    self.code = code
    self.isError = isError
    self.message = message
    self.place = place
    self.help = help
  }
}
