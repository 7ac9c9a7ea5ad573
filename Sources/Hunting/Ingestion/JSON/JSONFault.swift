/// Why a JSON text cannot be read on.
struct JSONFault: Error, Equatable {
  /// Whether the text stops too early, so that more of it may mend it.
  let isIncomplete: Bool
  let reason: String

  static let incomplete = JSONFault(
    isIncomplete: true,
    reason: "the JSON ends in the middle of a value"
  )

  static func malformed(_ reason: String) -> JSONFault {
    JSONFault(isIncomplete: false, reason: reason)
  }
}
