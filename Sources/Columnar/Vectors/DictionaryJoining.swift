import CSIMD

extension Vector {
  /// Joins dictionary vectors whose dictionaries differ: the values that occur are copied once
  /// each, not once a row; nil where a part has no dictionary.
  static func joinDictionaries(_ parts: [Vector], _ type: ScalarType, _ count: Int) -> Vector? {
    guard type.isText, !parts.isEmpty, parts.allSatisfy({ $0.dictionaryRows != nil }) else {
      return nil
    }
    var usages: [ObjectIdentifier: DictionaryUsage] = [:]
    var order: [DictionaryUsage] = []
    for part in parts {
      guard let rows = part.dictionaryRows else { continue }
      let identity = ObjectIdentifier(rows.dictionary)
      let usage = usages[identity] ?? DictionaryUsage(rows.dictionary)
      if usages[identity] == nil {
        usages[identity] = usage
        order.append(usage)
      }
      usage.note(rows, part.count)
    }
    let codes = Buffer(byteCount: count * 4)
    var first: UInt32 = 0
    for usage in order {
      usage.first = first
      first &+= UInt32(truncatingIfNeeded: usage.used.count)
    }
    var row = 0
    for part in parts {
      guard let rows = part.dictionaryRows,
        let usage = usages[ObjectIdentifier(rows.dictionary)]
      else { continue }
      usage.write(rows, part.count, to: codes.values(UInt32.self) + row)
      row += part.count
    }
    let values = concatenating(order.map { $0.values() }, type: type).flattened()
    let dictionary = VectorDictionary(values: values, isDistinct: false)
    return Vector(
      type: type,
      count: count,
      layout: .dictionary(DictionaryRows(codes: codes, dictionary: dictionary))
    )
  }
}

/// Which values of a dictionary some rows have.
private final class DictionaryUsage {
  /// The number in the joined dictionary of the first value that is used.
  var first: UInt32 = 0
  /// The codes that occur, in the order of their first rows.
  private(set) var used: [UInt32] = []
  private let dictionary: VectorDictionary
  /// For each code its place among those that occur plus one, or 0.
  private let places: Buffer

  init(_ dictionary: VectorDictionary) {
    self.dictionary = dictionary
    places = Buffer(zeroed: dictionary.values.count * 4)
  }

  func note(_ rows: DictionaryRows, _ count: Int) {
    let place = places.values(UInt32.self)
    let codes = rows.base
    for row in 0..<count where place[Int(codes[row])] == 0 {
      used.append(codes[row])
      place[Int(codes[row])] = UInt32(truncatingIfNeeded: used.count)
    }
  }

  func write(_ rows: DictionaryRows, _ count: Int, to target: UnsafeMutablePointer<UInt32>) {
    let place = places.values(UInt32.self)
    let codes = rows.base
    for row in 0..<count { target[row] = first &+ place[Int(codes[row])] &- 1 }
  }

  /// The values that occur.
  func values() -> Vector {
    used.withUnsafeBufferPointer { codes in
      guard let base = codes.baseAddress else { return dictionary.values.slice(0..<0) }
      return dictionary.values.gather(base, count: codes.count)
    }
  }
}

extension Batch {
  /// About how many bytes joining batches takes.
  public static func concatenationByteCount(_ batches: [Batch], types: [ScalarType]) -> Int {
    let rows = batches.reduce(0) { $0 + $1.count }
    return types.enumerated().reduce(64) { total, column in
      let (index, type) = column
      if !type.isText { return total + rows * (type.byteWidth + 1) }
      return total + rows * 8 + textByteCount(batches.map { $0.columns[index] })
    }
  }

  /// Bytes of texts that are copied: none where all parts share a dictionary, else those of all
  /// dictionaries and plain texts.
  private static func textByteCount(_ parts: [Vector]) -> Int {
    var dictionaries: [ObjectIdentifier: VectorDictionary] = [:]
    var plain = 0
    for part in parts {
      if let rows = part.dictionaryRows {
        dictionaries[ObjectIdentifier(rows.dictionary)] = rows.dictionary
      } else {
        plain += part.textByteCount
      }
    }
    if plain == 0, dictionaries.count <= 1 { return 0 }
    return dictionaries.values.reduce(plain) { $0 + $1.values.textByteCount }
  }
}
