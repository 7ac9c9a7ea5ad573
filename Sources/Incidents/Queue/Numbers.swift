/// Numbers of words and incidents are small in a database that is whole; those beyond stand apart,
/// so that one of a damaged database takes no memory.
private let most: Int64 = 1 << 24

/// A set of numbers that are not negative, in bits.
struct NumberSet {
  private var words: [UInt64] = []
  private var far: Set<Int64> = []

  init(_ numbers: some Sequence<Int64>) {
    for number in numbers where number >= 0 {
      if number >= most {
        far.insert(number)
        continue
      }
      let place = Int(number >> 6)
      if place >= words.count {
        words.append(contentsOf: repeatElement(0, count: place + 1 - words.count))
      }
      words[place] |= 1 << UInt64(number & 63)
    }
  }

  func contains(_ number: Int64) -> Bool {
    guard number >= 0, number >> 6 < words.count else { return far.contains(number) }
    return words[Int(number >> 6)] & (1 << UInt64(number & 63)) != 0
  }

  /// Which of 64 numbers from a multiple of 64 on it has.
  func bits(_ place: Int64) -> UInt64 {
    if place >= 0, place < words.count { return words[Int(place)] }
    if far.isEmpty { return 0 }
    let (first, isBeyond) = place.multipliedReportingOverflow(by: 64)
    if isBeyond { return 0 }
    return (0..<64).reduce(0) { $0 | (far.contains(first + $1) ? 1 << UInt64($1) : 0) }
  }
}

/// Where numbers stand in an order, from 1 on.
struct NumberPlaces {
  private var near: [Int64]
  private var far: [Int64: Int64] = [:]

  /// - Parameter numbers: in their order, each once.
  init(of numbers: [Int64]) {
    let isNear = { (number: Int64) in (0..<most).contains(number) }
    near = [Int64](repeating: 0, count: Int((numbers.filter(isNear).max() ?? -1) + 1))
    for (place, number) in numbers.enumerated() {
      if isNear(number) {
        near[Int(number)] = Int64(place) + 1
      } else {
        far[number] = Int64(place) + 1
      }
    }
  }

  /// The place of a number; 0 where it has none.
  subscript(number: Int64) -> Int64 {
    if number >= 0, number < near.count { return near[Int(number)] }
    return far.isEmpty ? 0 : far[number] ?? 0
  }
}
