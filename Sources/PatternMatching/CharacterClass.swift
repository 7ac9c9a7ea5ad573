/// What a class of characters is made of, before set operations are carried out.
indirect enum CharacterClassNode: Sendable {
  case set(ScalarSet)
  /// A Unicode property by the name that the library knows.
  case property(String, isNegated: Bool)
  /// The word characters of `\w`.
  case word(isNegated: Bool)
  case union([CharacterClassNode])
  case negation(CharacterClassNode)
  case operation(CharacterClassOperator, CharacterClassNode, CharacterClassNode)
}

enum CharacterClassOperator: Sendable {
  case intersection
  case difference
  case symmetricDifference
}

/// A class of characters in the form that can be printed: ranges and properties, one union.
struct CharacterClass: Sendable {
  struct Property: Sendable, Equatable {
    var name: String
    var isNegated: Bool
  }

  var set: ScalarSet
  var properties: [Property]
  var isNegated: Bool

  static let any = CharacterClass(set: .empty, properties: [], isNegated: true)

  /// The properties that make up `\w`; ASCII ones are also in `asciiWord`, which is faster.
  static let wordProperties = ["Alphabetic", "M", "Nd", "Pc", "Join_Control"]
    .map { Property(name: $0, isNegated: false) }
  static let asciiWord = ScalarSet(unsorted: [
    ScalarSet.Range(lower: 0x30, upper: 0x39), ScalarSet.Range(lower: 0x41, upper: 0x5A),
    ScalarSet.Range(lower: 0x5F, upper: 0x5F), ScalarSet.Range(lower: 0x61, upper: 0x7A),
  ])
  static let whitespace = ScalarSet(
    unsorted: [
      (0x09, 0x0D), (0x20, 0x20), (0x85, 0x85), (0xA0, 0xA0), (0x1680, 0x1680), (0x2000, 0x200A),
      (0x2028, 0x2029), (0x202F, 0x202F), (0x205F, 0x205F), (0x3000, 0x3000),
    ].map { (lower: UInt32, upper: UInt32) in ScalarSet.Range(lower: lower, upper: upper) }
  )

  /// The only code point of the class, if it has one only.
  var single: UInt32? { properties.isEmpty && !isNegated ? set.single : nil }
}
