import Columnar

/// A seeded source of rows for law tests.
struct RandomRows {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// A number below a bound.
  mutating func number(below bound: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed &>> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed &>> 27)) &* 0x94D0_49BB_1331_11EB
    return Int(truncatingIfNeeded: (mixed ^ (mixed &>> 31)) % UInt64(bound))
  }

  /// A value of a type among about `variety` different ones, or null.
  mutating func scalar(_ type: ScalarType, variety: Int) -> Scalar {
    if number(below: 8) == 0 { return .missing(type) }
    let picked = Int64(number(below: variety)) - Int64(variety / 3)
    switch type {
    case .bool: return .bool(picked & 1 == 0)
    case .int: return .int(Int32(truncatingIfNeeded: picked))
    case .long: return .long(picked &* 1_000_003)
    case .real: return .real(Double(picked) / 4)
    case .decimal:
      return .decimal(Decimal128(high: 0x3040_0000_0000_0000, low: UInt64(abs(picked))))
    case .string: return .string(ByteString("text \(picked)"))
    case .datetime:
      return .datetime(DateTime(ticks: 637_134_000_000_000_000 + picked &* 36_000_000_000))
    case .timespan: return .timespan(TimeSpan(ticks: picked &* 10_000))
    case .guid: return .guid(GUID(high: 7, low: UInt64(abs(picked))))
    case .dynamic: return .dynamic(dynamic(picked))
    }
  }

  /// A column of random values, sometimes encoded by a dictionary.
  mutating func vector(_ type: ScalarType, count: Int, variety: Int) -> Vector {
    let builder = VectorBuilder(type: type)
    let usesDictionary = number(below: 3) == 0 && count > 0
    let size = usesDictionary ? 12 : count
    for _ in 0..<size { builder.append(scalar(type, variety: variety)) }
    let flat = builder.finish()
    guard usesDictionary else { return flat }
    let codes = Buffer(byteCount: count * 4)
    for row in 0..<count {
      codes.values(UInt32.self)[row] = UInt32(number(below: size))
    }
    let dictionary = VectorDictionary(values: flat, isDistinct: false)
    return Vector(
      type: type,
      count: count,
      layout: .dictionary(DictionaryRows(codes: codes, dictionary: dictionary))
    )
  }

  private mutating func dynamic(_ picked: Int64) -> DynamicValue {
    var writer = DynamicWriter()
    switch number(below: 3) {
    case 0: writer.append(long: picked)
    case 1:
      writer.beginArray()
      writer.append(long: picked)
      writer.append(string: Array("x".utf8))
      writer.endArray()
    default:
      writer.beginBag()
      writer.appendName(Array("k\(picked % 7)".utf8))
      writer.append(real: Double(picked))
      writer.appendName("b")
      writer.append(string: Array("y".utf8))
      writer.endBag()
    }
    return writer.value()
  }
}
