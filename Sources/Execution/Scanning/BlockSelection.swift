import Columnar

/// Which rows of a block are left.
struct BlockSelection {
  /// nil while all rows are left.
  private(set) var rows: Selection?
  private let count: Int

  init(_ count: Int) { self.count = count }

  var isEmpty: Bool { rows?.count == 0 }

  /// Keeps the rows with a flag.
  mutating func narrow(_ flags: Buffer) {
    let flag = UnsafePointer(flags.values(UInt8.self))
    guard let rows else {
      let passed = Selection(flags: flag, count: count)
      if passed.count < count { self.rows = passed }
      return
    }
    let kept = Buffer(byteCount: rows.count * 4)
    let target = kept.values(UInt32.self)
    let source = rows.base
    var passed = 0
    for index in 0..<rows.count {
      target[passed] = source[index]
      passed &+= Int(flag[Int(source[index])])
    }
    self.rows = Selection(indices: kept, count: passed)
  }

  /// Keeps some of the rows that are left.
  mutating func narrow(_ inner: Selection) {
    rows = rows.map { $0.picking(inner) } ?? inner
  }
}

extension Selection {
  /// 1 for each row that is selected, else 0.
  func flags(count rows: Int) -> Buffer {
    let flags = Buffer(zeroed: rows)
    let flag = flags.values(UInt8.self)
    for index in 0..<count { flag[Int(base[index])] = 1 }
    return flags
  }
}
