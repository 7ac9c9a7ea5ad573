import Columnar

/// A set of 32-bit numbers for each group.
///
/// A set is one number, then a short list, then a hash table, and a bitmap as soon as that takes
/// little more room: numbers of a dictionary that many rows share soon fill one.
final class NumberSets {
  private enum Form: UInt8 { case empty, single, list, table, bitmap }

  private struct Entry: BitwiseCopyable {
    var form = Form.empty
    /// The binary logarithm of the words that the set takes.
    var size: UInt8 = 0
    /// Members.
    var count: UInt32 = 0
    /// The only member, or where the set's words start.
    var place: UInt32 = 0
  }

  private let entries = GroupArray(filler: Entry())
  private let words = GroupArray<UInt64>(filler: 0)
  /// Places that sets have left, by the logarithm of their size.
  private var vacated: [[UInt32]] = Array(repeating: [], count: 32)

  /// The set that is being moved.
  private let members = GroupArray<UInt32>(filler: 0)

  /// The longest list that is searched from end to end, and what it is at first.
  private static let longestList = 16
  private static let shortList = 4
  private static let vacant = UInt32.max

  /// Bytes held.
  var byteCount: Int { entries.byteCount + words.byteCount }

  /// Makes room for groups up to a number.
  func reserve(groups: Int) { entries.resize(to: groups) }

  /// The number of members of a group.
  func count(_ group: Int) -> Int { Int(entries[group].count) }

  /// Adds a number below 2^32 - 1; true where the group did not have it.
  @inline(__always)
  func add(_ number: UInt32, _ group: Int) -> Bool {
    let entry = entries.base[group]
    let index = Int(number &>> 6)
    if entry.form == .bitmap, index &>> Int(entry.size) == 0 {
      let place = words.base + (Int(entry.place) &+ index)
      let bit: UInt64 = 1 &<< UInt64(number & 63)
      if place.pointee & bit != 0 { return false }
      place.pointee |= bit
      entries.base[group].count = entry.count &+ 1
      return true
    }
    return addElsewhere(number, group)
  }

  /// Calls back for each member of a group, in no order.
  func forEach(_ group: Int, _ body: (UInt32) -> Void) {
    let entry = entries[group]
    switch entry.form {
    case .empty: break
    case .single: body(entry.place)
    case .list:
      let members = numbers(entry)
      for index in 0..<Int(entry.count) { body(members[index]) }
    case .table:
      let slots = numbers(entry)
      for index in 0..<2 &<< Int(entry.size) where slots[index] != Self.vacant {
        body(slots[index])
      }
    case .bitmap:
      for index in 0..<1 &<< Int(entry.size) {
        var word = words[Int(entry.place) + index]
        while word != 0 {
          body(UInt32(truncatingIfNeeded: index &<< 6 | word.trailingZeroBitCount))
          word &= word &- 1
        }
      }
    }
  }

  @inline(never)
  private func addElsewhere(_ number: UInt32, _ group: Int) -> Bool {
    let entry = entries[group]
    switch entry.form {
    case .empty:
      entries[group] = Entry(form: .single, count: 1, place: number)
      return true
    case .single: if entry.place == number { return false }
    case .list:
      let members = numbers(entry)
      let count = Int(entry.count)
      for index in 0..<count where members[index] == number { return false }
      if count < 2 &<< Int(entry.size) {
        members[count] = number
        entries[group].count &+= 1
        return true
      }
    case .table:
      let slots = numbers(entry)
      let slot = Self.slot(number, slots, size: entry.size)
      if slots[slot] == number { return false }
      if Int(entry.count) < 1 &<< Int(entry.size) {
        slots[slot] = number
        entries[group].count &+= 1
        return true
      }
    case .bitmap: break
    }
    rebuild(group, adding: number)
    return true
  }

  /// Moves a set to where one more number fits.
  private func rebuild(_ group: Int, adding number: UInt32) {
    members.removeAll()
    members.append(number)
    var greatest = number
    forEach(group) {
      members.append($0)
      greatest = max(greatest, $0)
    }
    let old = entries[group]
    if old.form != .single { vacated[Int(old.size)].append(old.place) }
    let entry = makeEntry(members.count, greatest: greatest)
    entries[group] = entry
    switch entry.form {
    case .bitmap:
      for index in 0..<members.count {
        let member = members[index]
        words[Int(entry.place) + Int(member &>> 6)] |= 1 &<< UInt64(member & 63)
      }
    case .table:
      let slots = numbers(entry)
      for index in 0..<members.count {
        slots[Self.slot(members[index], slots, size: entry.size)] = members[index]
      }
    default:
      let list = numbers(entry)
      for index in 0..<members.count { list[index] = members[index] }
    }
  }

  /// Chooses the form of a set and makes room for it.
  private func makeEntry(_ count: Int, greatest: UInt32) -> Entry {
    var entry = Entry(form: .list, count: UInt32(truncatingIfNeeded: count))
    let tableWords = count.nextPowerOfTwo
    let bitmapWords = (Int(greatest &>> 6) + 1).nextPowerOfTwo
    if count <= Self.longestList {
      let capacity = count <= Self.shortList ? Self.shortList : Self.longestList
      entry.size = UInt8(truncatingIfNeeded: (capacity / 2).trailingZeroBitCount)
      entry.place = makeRoom(entry.size, filling: 0)
    } else if bitmapWords <= tableWords * 4 {
      entry.form = .bitmap
      entry.size = UInt8(truncatingIfNeeded: bitmapWords.trailingZeroBitCount)
      entry.place = makeRoom(entry.size, filling: 0)
    } else {
      entry.form = .table
      entry.size = UInt8(truncatingIfNeeded: tableWords.trailingZeroBitCount)
      entry.place = makeRoom(entry.size, filling: .max)
    }
    return entry
  }

  private func makeRoom(_ size: UInt8, filling word: UInt64) -> UInt32 {
    let count = 1 &<< Int(size)
    let place = vacated[Int(size)].popLast()
    let start = place.map { Int($0) } ?? words.count
    if place == nil { _ = words.extend(by: count) }
    (words.base + start).update(repeating: word, count: count)
    return UInt32(truncatingIfNeeded: start)
  }

  /// The words of a list or table as numbers, two a word.
  private func numbers(_ entry: Entry) -> UnsafeMutablePointer<UInt32> {
    UnsafeMutableRawPointer(words.base + Int(entry.place)).assumingMemoryBound(to: UInt32.self)
  }

  /// Where a table has a number, or a vacant place for it.
  private static func slot(
    _ number: UInt32,
    _ slots: UnsafePointer<UInt32>,
    size: UInt8
  ) -> Int {
    let mask = 2 &<< Int(size) &- 1
    var slot = Int(truncatingIfNeeded: mixedWord(UInt64(number))) & mask
    while slots[slot] != vacant, slots[slot] != number { slot = (slot &+ 1) & mask }
    return slot
  }
}
