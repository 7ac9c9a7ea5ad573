/// Adds to sets of code points what matches them in a pattern that ignores case.
///
/// Patterns fold case by Unicode's simple case folding, in which the Kelvin sign equals `k` and
/// the long s equals `s`; this is wider than `CaseMapping.fold`, which string operators use.
enum CaseClosure {
  /// All code points that are equal without case, for each that has such others.
  private static let classes: [UInt32: [UInt32]] = {
    var members: [UInt32: [UInt32]] = [:]
    for value in 0..<CaseMapping.Table.limit where value != 0x130 && value != 0x131 {
      guard Unicode.Scalar(value) != nil else { continue }
      let key = representative(value)
      let upper = CaseMapping.simpleUpper(value)
      if key != value || upper != value { members[key, default: []].append(value) }
    }
    var classes: [UInt32: [UInt32]] = [:]
    for (key, others) in members {
      let full = Set(others + [key]).sorted()
      guard full.count > 1 else { continue }
      for value in full { classes[value] = full }
    }
    return classes
  }()

  /// The code point that stands for all equal ones: lower case of the upper case.
  private static func representative(_ value: UInt32) -> UInt32 {
    let upper = CaseMapping.simpleUpper(value)
    let lower = CaseMapping.simpleLower(upper == value ? value : upper)
    // Capitals whose own lower case has another capital (Kelvin sign, Ohm sign, capital sharp s).
    let again = CaseMapping.simpleUpper(lower)
    return again == upper ? lower : CaseMapping.simpleLower(again)
  }

  /// The code points that equal this one without case, itself among them.
  static func variants(_ value: UInt32) -> [UInt32] {
    if value < 0x80 {
      let lower = CaseMapping.lower(value)
      switch lower {
      case 0x6B: return [0x4B, 0x6B, 0x212A]
      case 0x73: return [0x53, 0x73, 0x17F]
      case 0x61...0x7A: return [CaseMapping.upper(lower), lower]
      default: return [value]
      }
    }
    return classes[value] ?? [value]
  }

  /// The set with all variants of its members.
  static func close(_ set: ScalarSet) -> ScalarSet {
    var parts = set.ranges
    let add: (UInt32) -> Void = { value in
      for other in variants(value) { parts.append(ScalarSet.Range(lower: other, upper: other)) }
    }
    for letter in (0x41...0x5A).map(UInt32.init) + (0x61...0x7A).map(UInt32.init)
    where set.contains(letter) {
      add(letter)
    }
    if !set.isASCII {
      for value in classes.keys where value >= 0x80 && set.contains(value) { add(value) }
    }
    return ScalarSet(unsorted: parts)
  }
}
