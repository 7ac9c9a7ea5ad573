import Columnar

/// Numbers that look like chance and are the same in every run.
struct Sequence64 {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ word &>> 30) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ word &>> 27) &* 0x94D0_49BB_1331_11EB
    return word ^ word &>> 31
  }

  mutating func next(below limit: Int) -> Int {
    Int(truncatingIfNeeded: next() % UInt64(limit))
  }
}

/// What kernels run over: shapes of columns that hunting has.
enum KernelData {
  static let start: Int64 = 638_396_640_000_000_000
  static let day: Int64 = 864_000_000_000

  /// Words by a rule.
  static func words(_ count: Int, _ word: (Int) -> UInt64) -> Words {
    let made = Words(byteCount: count * 8)
    for row in 0..<count { made.words[row] = word(row) }
    return made
  }

  /// Codes below a limit, by chance.
  static func codes(_ count: Int, below limit: Int, seed: UInt64) -> Words {
    var chance = Sequence64(seed)
    let made = Words(byteCount: count * 4)
    for row in 0..<count { made.codes[row] = UInt32(chance.next(below: limit)) }
    return made
  }

  /// Numbers as a column.
  static func column(_ words: Words, _ type: ScalarType = .long) -> Vector {
    Vector(
      type: type,
      count: words.buffer.byteCount / 8,
      layout: .fixed(FixedRows(values: words.buffer))
    )
  }

  /// Ascending instants within some days, a few ticks apart.
  static func sortedTimes(_ count: Int) -> Words {
    var chance = Sequence64(7)
    var time = start
    return words(count) { _ in
      time += Int64(chance.next(below: 4_000_000))
      return UInt64(bitPattern: time)
    }
  }

  /// Instants within thirty days, in no order.
  static func times(_ count: Int) -> Words {
    var chance = Sequence64(8)
    return words(count) { _ in
      UInt64(bitPattern: start + Int64(chance.next(below: Int(30 * day))))
    }
  }

  /// A command line; `number` is its place among different ones.
  static func commandLine(_ number: Int) -> String {
    let tools = ["powershell.exe", "cmd.exe", "rundll32.exe", "svchost.exe", "python3", "git.exe"]
    let options = ["-NoProfile -EncodedCommand", "/c start", "--run", "-k netsvcs -p -s", "fetch"]
    var chance = Sequence64(UInt64(number))
    let tool = tools[chance.next(below: tools.count)]
    let option = options[chance.next(below: options.count)]
    let rare = chance.next(below: 500) == 0 ? " Invoke-MimiKatz" : ""
    let id = String(chance.next() >> 24, radix: 36)
    return "C:\\Windows\\System32\\\(tool) \(option) \(id) --job=\(number)\(rare)"
  }

  /// Texts as a column whose bytes lie one behind the other.
  static func texts(_ count: Int, _ text: (Int) -> String) -> (vector: Vector, rows: TextRows) {
    let builder = TextBuilder(capacity: count, heapCapacity: count * 64)
    for row in 0..<count { builder.append(Array(text(row).utf8)) }
    let vector = builder.finish()
    guard case .text(let rows) = vector.layout else { unreachable("the builder makes texts") }
    return (vector, rows)
  }
}
