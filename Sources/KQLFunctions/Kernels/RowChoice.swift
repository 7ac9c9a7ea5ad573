import CSIMD
import Columnar

/// Builds a vector that takes each row from one of several sources.
struct RowChoice {
  let type: ScalarType
  let count: Int
  /// The number of the source of each row; one beyond the last source is null.
  let choices: Buffer

  init(type: ScalarType, count: Int) {
    self.type = type
    self.count = count
    choices = Buffer(byteCount: count * 4)
  }

  /// The number of the source of each row, to be filled in.
  var base: UnsafeMutablePointer<UInt32> { choices.values(UInt32.self) }

  /// Takes the rows. Sources of one value each give a dictionary, whatever their size.
  func rows(from sources: [Vector]) -> Vector {
    let sources = sources + [Vector(constant: .missing(type), count: count)]
    if type.isText, sources.allSatisfy({ $0.constant != nil }) {
      return dictionary(of: sources.compactMap(\.constant))
    }
    if type.isText { return texts(from: sources) }
    switch type.byteWidth {
    case 1: return fixed(from: sources, UInt8.self)
    case 4: return fixed(from: sources, Int32.self)
    case 8: return fixed(from: sources, Int64.self)
    default: return fixed(from: sources, GUID.self)
    }
  }

  /// Equal values share a code, so that the dictionary has each value once.
  private func dictionary(of constants: [Scalar]) -> Vector {
    var distinct: [Scalar] = []
    let codes = constants.map { constant -> UInt32 in
      if let known = distinct.firstIndex(of: constant) {
        return UInt32(truncatingIfNeeded: known)
      }
      distinct.append(constant)
      return UInt32(truncatingIfNeeded: distinct.count &- 1)
    }
    let builder = VectorBuilder(type: type, capacity: distinct.count)
    for value in distinct { builder.append(value) }
    for row in 0..<count { base[row] = codes[Int(base[row])] }
    let dictionary = VectorDictionary(values: builder.finish(), isDistinct: true)
    return Vector(
      type: type,
      count: count,
      layout: .dictionary(DictionaryRows(codes: choices, dictionary: dictionary))
    )
  }

  private func texts(from sources: [Vector]) -> Vector {
    let readers = sources.map { TextReader($0) }
    let nulls = sources.map { $0.nullRows() }
    let bytes = sources.reduce(0) { max($0, $1.textByteCount) }
    let builder = TextBuilder(type: type, capacity: count, heapCapacity: bytes)
    for row in 0..<count {
      let choice = Int(base[row])
      if let flags = nulls[choice], flags.base[row] != 0 {
        builder.appendNull()
      } else {
        builder.append(readers[choice][row])
      }
    }
    return builder.finish()
  }

  private func fixed<Value: BitwiseCopyable>(from sources: [Vector], _: Value.Type) -> Vector {
    let values = Buffer(byteCount: count * MemoryLayout<Value>.stride)
    let flags = Buffer(byteCount: count)
    memset(flags.base, 0, count)
    for (number, source) in sources.enumerated() {
      take(source, UInt32(truncatingIfNeeded: number), values.values(Value.self), flags)
    }
    let hasNulls = memchr(flags.base, 1, count) != nil
    let rows = FixedRows(values: values, nulls: hasNulls ? NullRows(flags: flags) : nil)
    return Vector(type: type, count: count, layout: .fixed(rows))
  }

  private func take<Value: BitwiseCopyable>(
    _ source: Vector,
    _ number: UInt32,
    _ target: UnsafeMutablePointer<Value>,
    _ flags: Buffer
  ) {
    let operand = FixedOperand<Value>(source)
    let values = operand.base
    let step = operand.isConstant ? 0 : -1
    let choice = UnsafePointer(base)
    withExtendedLifetime(operand.owner) {
      for row in 0..<count where choice[row] == number { target[row] = values[row & step] }
    }
    guard let nulls = source.nullRows() else { return }
    let own = flags.values(UInt8.self)
    let source = nulls.base
    withExtendedLifetime(nulls) {
      for row in 0..<count where choice[row] == number { own[row] = source[row] }
    }
  }
}
