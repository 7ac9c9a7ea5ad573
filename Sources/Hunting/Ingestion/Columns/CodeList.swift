import CSIMD
import Columnar

/// The dictionary codes of the rows of a chunk.
struct CodeList: ~Copyable {
  private(set) var buffer = Buffer(byteCount: 1024)
  private(set) var count = 0

  /// The code of the first row.
  var base: UnsafeMutablePointer<UInt32> { buffer.values(UInt32.self) }

  /// Makes the list `rows` long; new rows have the code `filler`.
  mutating func extend(to rows: Int, with filler: UInt32) {
    if rows * 4 > buffer.byteCount {
      let larger = Buffer(byteCount: max(buffer.byteCount * 2, rows * 4))
      memcpy(larger.base, buffer.base, count * 4)
      buffer = larger
    }
    let base = base
    for row in count..<max(count, rows) { base[row] = filler }
    count = max(count, rows)
  }

  /// Gives the codes away and begins anew.
  mutating func take() -> (buffer: Buffer, count: Int) {
    let taken = (buffer: buffer, count: count)
    buffer = Buffer(byteCount: max(1024, count * 4))
    count = 0
    return taken
  }
}

extension VectorDictionary {
  /// A vector of codes into the dictionary.
  func vector(_ codes: (buffer: Buffer, count: Int)) -> Vector {
    let rows = DictionaryRows(codes: codes.buffer, dictionary: self)
    return Vector(type: values.type, count: codes.count, layout: .dictionary(rows))
  }
}
