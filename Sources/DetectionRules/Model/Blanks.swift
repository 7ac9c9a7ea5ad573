extension StringProtocol {
  /// The text without the blanks around it.
  var withoutBlanks: String {
    let start = drop { $0 == " " }
    return String(start.reversed().drop { $0 == " " }.reversed())
  }
}
