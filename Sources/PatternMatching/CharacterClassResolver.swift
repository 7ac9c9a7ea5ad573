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
