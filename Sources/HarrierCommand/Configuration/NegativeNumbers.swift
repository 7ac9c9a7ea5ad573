/// Options with a negative number behind them, which the parser of arguments would take for an
/// option of its own; with "=" between the option itself says what numbers it takes.
enum NegativeNumbers {
  /// The arguments with "=" between options and negative numbers, up to "--".
  static func joined(_ arguments: [String]) -> [String] {
    let end = arguments.firstIndex(of: "--") ?? arguments.endIndex
    var joined: [String] = []
    for argument in arguments[..<end] {
      if let option = joined.last, isOption(option), isNegativeNumber(argument) {
        joined[joined.count - 1] = option + "=" + argument
      } else {
        joined.append(argument)
      }
    }
    return joined + arguments[end...]
  }

  private static func isOption(_ text: String) -> Bool {
    text.hasPrefix("--") && text.count > 2 && !text.contains("=")
  }

  /// Also with a unit, such as `-7d`.
  private static func isNegativeNumber(_ text: String) -> Bool {
    guard text.hasPrefix("-"), let second = text.dropFirst().first else { return false }
    return second.isASCII && second.isNumber
  }
}
