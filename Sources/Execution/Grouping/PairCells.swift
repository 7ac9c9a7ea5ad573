import Columnar

/// One cell for each pair of numbers below two bounds: the pair's number plus one, or 0.
///
/// The cells of one minor number lie side by side; the domain that grows faster, such as the
/// hours of ascending times, is the major one, along which cells are added without moving any.
struct PairCells {
  private var store = Buffer.empty
  private var isFirstMajor = true
  private var width = 0
  private var height = 0
  /// Major numbers so far.
  private var usedHeight = 0
  /// Domains when the cells were last laid out anew.
  private var laidOut = (first: 1, second: 1)

  /// Tables of up to this many cells are used however few pairs there are.
  private static let freeCells = 1 << 20
  private static let mostCells = 1 << 24
  /// The most cells for each pair in tables that are larger.
  private static let cellsOfPair = 32

  /// The most cells of this table.
  private let limit: Int

  /// - Parameter byteLimit: the most memory that cells may take.
  init(byteLimit: Int = .max) { limit = min(Self.mostCells, byteLimit / 4) }

  /// Bytes held; memory beyond that is reserved, but takes no room until it is written to.
  var byteCount: Int { width * usedHeight * 4 }

  /// The first cell.
  var base: UnsafeMutablePointer<UInt32> { store.values(UInt32.self) }

  /// How far the cells of neighbouring first and second numbers are apart.
  var steps: (first: Int, second: Int) { isFirstMajor ? (width, 1) : (1, width) }

  /// The number of a pair, `UInt32.max` for one that has none or lies outside.
  @inline(__always)
  func number(_ first: UInt32, _ second: UInt32) -> UInt32 {
    let major = Int(isFirstMajor ? first : second)
    let minor = Int(isFirstMajor ? second : first)
    return major < height && minor < width ? base[major &* width &+ minor] &- 1 : .max
  }

  /// Makes room for numbers below two bounds; false where there would be too many cells.
  mutating func fit(
    _ firstCount: Int,
    _ secondCount: Int,
    _ pairs: UnsafePointer<UInt64>,
    _ count: Int
  ) -> Bool {
    let major = isFirstMajor ? firstCount : secondCount
    let minor = isFirstMajor ? secondCount : firstCount
    if major <= height, minor <= width {
      use(upTo: major)
      return true
    }
    if minor <= width, allows(major, width, count) {
      extend(to: major)
      return true
    }
    let growth = (
      Double(firstCount) / Double(laidOut.first), Double(secondCount) / Double(laidOut.second)
    )
    isFirstMajor = growth.0 >= growth.1
    laidOut = (max(1, firstCount), max(1, secondCount))
    return layOut(
      isFirstMajor ? firstCount : secondCount,
      isFirstMajor ? secondCount : firstCount,
      pairs,
      count
    )
  }

  private func allows(_ major: Int, _ minor: Int, _ pairs: Int) -> Bool {
    let (cells, overflow) = major.multipliedReportingOverflow(by: minor)
    guard !overflow, cells <= limit else { return false }
    return cells <= max(Self.freeCells, pairs &* Self.cellsOfPair)
  }

  private mutating func extend(to major: Int) {
    let old = store
    let oldHeight = usedHeight
    reserve(major)
    store.base.copyMemory(from: old.base, byteCount: oldHeight * width * 4)
    usedHeight = oldHeight
    use(upTo: major)
  }

  /// Makes cells of zeros with room for many more major numbers; none of them is used yet.
  private mutating func reserve(_ major: Int) {
    height = max(major, min(major * 8, limit / max(1, width)))
    usedHeight = 0
    store = Buffer(sparse: width * height * 4)
    adviseHugePages(store.base, byteCount: store.byteCount)
  }

  /// Writes the cells of further major numbers once: pages that are read before they are written
  /// are mapped twice, and all cores wait for that.
  private mutating func use(upTo major: Int) {
    guard major > usedHeight else { return }
    let start = usedHeight * width * 4
    (store.base + start).initializeMemory(
      as: UInt8.self,
      repeating: 0,
      count: major * width * 4 - start
    )
    usedHeight = major
  }

  /// Lays all cells out anew.
  private mutating func layOut(
    _ major: Int,
    _ minor: Int,
    _ pairs: UnsafePointer<UInt64>,
    _ count: Int
  ) -> Bool {
    guard allows(major, minor, count) else { return false }
    let roomy = minor + minor / 4 + 8
    width = allows(major, roomy, count) ? roomy : minor
    reserve(major)
    use(upTo: major)
    let (firstStep, secondStep) = steps
    for number in 0..<count {
      let first = Int(pairs[number] &>> 32)
      let second = Int(UInt32(truncatingIfNeeded: pairs[number]))
      base[first &* firstStep &+ second &* secondStep] = UInt32(truncatingIfNeeded: number &+ 1)
    }
    return true
  }
}
