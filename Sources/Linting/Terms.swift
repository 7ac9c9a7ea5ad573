/// Terms as `has` sees them: runs of letters and decimal digits of any script.
enum Terms {
  static func contains(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .decimalNumber:
      true
    default: false
    }
  }

  /// The characters of the longest term.
  static func longest(in text: String) -> Int {
    var longest = 0
    var current = 0
    for scalar in text.unicodeScalars {
      current = contains(scalar) ? current + 1 : 0
      longest = max(longest, current)
    }
    return longest
  }
}
