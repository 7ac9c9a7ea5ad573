import Columnar
import Testing

@testable import Execution

/// Numbers of keys, held against a dictionary's.
struct KeyIndexTests {
  @Test(
    "scattered keys have the numbers that they came in",
    arguments: [1, 3, 4, 5, 1_000, 40_000]
  )
  func scattered(_ count: Int) throws {
    var state: UInt64 = 7
    let keys = (0..<count).map { _ -> UInt64 in
      state = hashWord(state)
      // About a third comes again.
      return hashWord(state % UInt64(count))
    }
    try Self.hold(keys, unknown: (0..<count).map { hashWord(UInt64(count + $0)) })
  }

  @Test("keys of one line go on to the lines behind it, and round the end")
  func crowded() throws {
    // For 24 keys there are 16 lines: these all begin in the last one.
    let crowd = (1...).lazy.map { UInt64($0) }.filter { hashWord($0) & 15 == 15 }.prefix(16)
    let keys = Array(crowd.prefix(12))
    try Self.hold(keys + keys.reversed(), unknown: Array(crowd.suffix(4)))
  }

  @Test("0 and the greatest word are keys as any other")
  func ends() throws {
    try Self.hold([.max, 5, 0, 0, .max - 1], unknown: [1, 4, .max - 2])
    try Self.hold([.max, 5], unknown: [0])
  }

  /// Holds the numbers of keys, and of those that are not there, to what a dictionary says.
  private static func hold(_ keys: [UInt64], unknown: [UInt64]) throws {
    var numbers: [UInt64: UInt32] = [:]
    var expected: [UInt32] = []
    for key in keys {
      let number = numbers[key] ?? UInt32(numbers.count)
      numbers[key] = number
      expected.append(number)
    }
    var given = [UInt32](repeating: 0, count: keys.count)
    let index = try KeyIndex(keys, count: keys.count, greatest: .max, into: &given)
    #expect(given == expected)
    #expect(index.count == numbers.count)
    let wanted = unknown + keys
    var found = [UInt32](repeating: 0, count: wanted.count)
    index.find(wanted, count: wanted.count, into: &found)
    #expect(found == wanted.map { numbers[$0] ?? .max })
  }
}
