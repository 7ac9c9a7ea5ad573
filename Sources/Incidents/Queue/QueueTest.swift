/// A condition over the cells of blocks.
struct QueueTest {
  enum Wanted {
    case ranges([ClosedRange<Int64>])
    /// Numbers of words or sets.
    case words(NumberSet)
    /// Ids of incidents.
    case incidents(NumberSet)
    case name(NameTest)
  }

  let wanted: Wanted
  let isNegated: Bool

  /// Which of 64 slots it lets through.
  ///
  /// - Parameters:
  ///   - cells: those of its column, where it has one.
  ///   - asked: the slots that matter.
  func mask(
    block: Int64,
    cells: UnsafeBufferPointer<Int64>,
    names: UnsafeRawBufferPointer,
    asked: UInt64
  ) -> UInt64 {
    var mask: UInt64 = 0
    switch wanted {
    case .ranges(let ranges):
      for range in ranges {
        for slot in 0..<QueueBlock.size where range.contains(cells[slot]) { mask |= 1 << slot }
      }
    case .words(let words):
      for slot in 0..<QueueBlock.size where words.contains(cells[slot]) { mask |= 1 << slot }
    case .incidents(let ids): mask = ids.bits(block)
    case .name(let test):
      for slot in 0..<QueueBlock.size where asked & (1 << slot) != 0 {
        if test.holds(QueueNames.name(slot, names)) { mask |= 1 << slot }
      }
    }
    return asked & (isNegated ? ~mask : mask)
  }
}

/// A set of numbers that are not negative, in bits.
struct NumberSet {
  private var words: [UInt64] = []

  init(_ numbers: some Sequence<Int64>) {
    for number in numbers where number >= 0 {
      let place = Int(number >> 6)
      if place >= words.count {
        words.append(contentsOf: repeatElement(0, count: place + 1 - words.count))
      }
      words[place] |= 1 << UInt64(number & 63)
    }
  }

  func contains(_ number: Int64) -> Bool {
    guard number >= 0, number >> 6 < words.count else { return false }
    return words[Int(number >> 6)] & (1 << UInt64(number & 63)) != 0
  }

  /// Which of 64 numbers from a multiple of 64 on it has.
  func bits(_ place: Int64) -> UInt64 {
    place >= 0 && place < words.count ? words[Int(place)] : 0
  }
}

/// Looks for words in names, in any letter case.
struct NameTest {
  private let words: [String]
  private let bytes: [[UInt8]]
  /// Whether a name need only contain a word.
  private let isPart: Bool

  init(_ words: [String], isPart: Bool) {
    self.words = words.map { $0.lowercased() }
    bytes = self.words.map { Array($0.utf8) }
    self.isPart = isPart
  }

  func holds(_ name: UnsafeRawBufferPointer) -> Bool {
    if name.contains(where: { $0 >= 0x80 }) {
      let text = String(decoding: name, as: UTF8.self).lowercased()
      return words.contains { isPart ? $0.isEmpty || text.contains($0) : $0 == text }
    }
    return bytes.contains { word in
      if word.count > name.count || !isPart && word.count < name.count { return false }
      return Self.has(word, in: name)
    }
  }

  private static func has(_ word: [UInt8], in name: UnsafeRawBufferPointer) -> Bool {
    guard let first = word.first else { return true }
    var start = 0
    while start + word.count <= name.count {
      if lower(name[start]) == first, isSame(word, name, start) { return true }
      start += 1
    }
    return false
  }

  private static func isSame(
    _ word: [UInt8],
    _ name: UnsafeRawBufferPointer,
    _ start: Int
  ) -> Bool {
    for place in word.indices where word[place] != lower(name[start + place]) { return false }
    return true
  }

  private static func lower(_ byte: UInt8) -> UInt8 {
    byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
  }
}
