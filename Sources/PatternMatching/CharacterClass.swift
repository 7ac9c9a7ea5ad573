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

/// Turns class nodes into classes; asks `PropertyScanner` for members only where an operation
/// makes it necessary.
struct CharacterClassResolver {
  private var scanner = PropertyScanner()

  mutating func resolve(
    _ node: CharacterClassNode
  ) throws(PropertyScanner.Failure) -> CharacterClass {
    if case .negation(let inner) = node {
      var resolved = try resolve(inner)
      resolved.isNegated.toggle()
      return resolved
    }
    if case .word(isNegated: true) = node {
      return CharacterClass(
        set: CharacterClass.asciiWord,
        properties: CharacterClass.wordProperties,
        isNegated: true
      )
    }
    var result = CharacterClass(set: .empty, properties: [], isNegated: false)
    try add(node, to: &result)
    return result
  }

  private mutating func add(
    _ node: CharacterClassNode,
    to result: inout CharacterClass
  ) throws(PropertyScanner.Failure) {
    switch node {
    case .set(let set):
      result.set = result.set.union(set)
    case .property(let name, let isNegated):
      result.properties.append(CharacterClass.Property(name: name, isNegated: isNegated))
    case .word(isNegated: false):
      result.set = result.set.union(CharacterClass.asciiWord)
      result.properties += CharacterClass.wordProperties
    case .union(let parts):
      var ranges: [ScalarSet.Range] = []
      for part in parts {
        if case .set(let set) = part {
          ranges += set.ranges
        } else {
          try add(part, to: &result)
        }
      }
      result.set = result.set.union(ScalarSet(unsorted: ranges))
    case .word, .negation, .operation:
      result.set = result.set.union(try evaluate(node))
    }
  }

  /// The members of a class.
  mutating func evaluate(
    _ node: CharacterClassNode
  ) throws(PropertyScanner.Failure) -> ScalarSet {
    switch node {
    case .set(let set):
      return set
    case .property(let name, let isNegated):
      let set = try scanner.members(of: name)
      return isNegated ? set.complement() : set
    case .word(let isNegated):
      var set = CharacterClass.asciiWord
      for property in CharacterClass.wordProperties {
        set = set.union(try scanner.members(of: property.name))
      }
      return isNegated ? set.complement() : set
    case .union(let parts):
      var ranges: [ScalarSet.Range] = []
      for part in parts { ranges += try evaluate(part).ranges }
      return ScalarSet(unsorted: ranges)
    case .negation(let inner):
      return try evaluate(inner).complement()
    case .operation(let kind, let left, let right):
      let (first, second) = (try evaluate(left), try evaluate(right))
      switch kind {
      case .intersection: return first.intersection(second)
      case .difference: return first.subtracting(second)
      case .symmetricDifference: return first.symmetricDifference(second)
      }
    }
  }
}
