import Columnar

/// The different values of each group as numbers, while all groups together have few values.
final class SmallDomain {
  private let hasher: ValueHasher
  private let numbers = HashNumbers()
  private let codes = CodeNumbering()
  private let members = NumberSets()
  private let rowNumbers = GroupArray<UInt32>(filler: 0)

  /// More values than this are counted in another way.
  private static let mostValues = 1 << 16
  private static let null = UInt32.max

  init(_ hasher: ValueHasher) { self.hasher = hasher }

  /// Bytes held.
  var byteCount: Int {
    numbers.byteCount + codes.byteCount + members.byteCount + rowNumbers.byteCount
  }

  /// Whether there are more values than this way of counting is for.
  var isFull: Bool { numbers.hashes.count > Self.mostValues }

  func reserve(groups: Int) { members.reserve(groups: groups) }

  /// Adds rows.
  func add(_ vector: Vector, groups: UnsafePointer<UInt32>, count: Int) {
    rowNumbers.resize(to: count)
    let target = rowNumbers.base
    if let rows = vector.dictionaryRows {
      codes.write(rows, count: count, into: target) { number(of: rows.dictionary.values, $0) }
    } else {
      target.update(repeating: Self.null, count: count)
      hasher.forEachHash(vector, count) { target[$0] = numbers.insert($1) }
    }
    for row in 0..<count where target[row] != Self.null {
      _ = members.add(target[row], Int(groups[row]))
    }
  }

  /// Adds another worker's groups.
  func merge(_ other: SmallDomain, mapping: UnsafePointer<UInt32>, count: Int) {
    let translated = GroupArray<UInt32>(filler: 0)
    for number in 0..<other.numbers.hashes.count {
      translated.append(numbers.insert(other.numbers.hashes[number]))
    }
    for group in 0..<count {
      other.members.forEach(group) {
        _ = members.add(translated[Int($0)], Int(mapping[group]))
      }
    }
  }

  /// Calls back with the hash of each value of a group.
  func forEachHash(_ group: Int, _ body: (UInt64) -> Void) {
    members.forEach(group) { body(numbers.hashes[Int($0)]) }
  }

  /// The number of values of a group.
  func count(_ group: Int) -> Int { members.count(group) }

  private func number(of values: Vector, _ code: Int) -> UInt32 {
    hasher.hash(code, of: values).map { numbers.insert($0) } ?? Self.null
  }
}
