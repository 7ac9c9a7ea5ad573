import PatternMatching

/// Decides needles the slow and plain way, from the definitions of the operators.
enum NaiveSearch {
  /// Code points with the invariant upper case, from the standard library rather than from the
  /// tables under test.
  static func fold(_ scalar: Unicode.Scalar) -> UInt32 {
    if ["\u{130}", "\u{131}", "\u{17F}"].contains(scalar) { return scalar.value }
    let upper = scalar.properties.uppercaseMapping.unicodeScalars
    if upper.count == 1, let only = upper.first { return only.value }
    let title = scalar.properties.titlecaseMapping.unicodeScalars
    if title.count == 1, let only = title.first { return only.value }
    return scalar.value
  }

  static func isTerm(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .decimalNumber:
      return true
    default: return false
    }
  }

  static func matches(
    _ text: String,
    _ needle: String,
    _ mode: TextMatchMode,
    ignoresCase: Bool
  ) -> Bool {
    let key: (Unicode.Scalar) -> UInt32 = { ignoresCase ? fold($0) : $0.value }
    let scalars = Array(text.unicodeScalars)
    let wanted = Array(needle.unicodeScalars)
    if wanted.isEmpty { return mode != .equals || scalars.isEmpty }
    guard wanted.count <= scalars.count else { return false }
    for start in 0...(scalars.count - wanted.count) {
      let end = start + wanted.count
      guard (0..<wanted.count).allSatisfy({ key(scalars[start + $0]) == key(wanted[$0]) }) else {
        continue
      }
      let startsTerm = start == 0 || !isTerm(scalars[start - 1]) || !isTerm(wanted[0])
      let endsTerm =
        end == scalars.count || !isTerm(scalars[end]) || !isTerm(wanted[wanted.count - 1])
      let isMatch =
        switch mode {
        case .contains: true
        case .startsWith: start == 0
        case .endsWith: end == scalars.count
        case .hasTerm: startsTerm && endsTerm
        case .hasPrefix: startsTerm
        case .hasSuffix: endsTerm
        case .equals: start == 0 && end == scalars.count
        }
      if isMatch { return true }
    }
    return false
  }
}
