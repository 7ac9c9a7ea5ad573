import Columnar
import FileAccess

@testable import Segments

/// Random numbers, and random columns of every type in every layout.
struct RandomTable {
  private let randomness: SeededRandomness

  init(seed: UInt64) { randomness = SeededRandomness(seed: seed) }

  static let schema = Schema(
    ScalarType.allCases.map { ColumnSchema("c_\($0.name)", $0) }
      + [ColumnSchema("Timestamp", .datetime), ColumnSchema("Line", .string)]
  )

  func number(_ limit: Int) -> Int {
    Int(truncatingIfNeeded: randomness.nextUInt64() % UInt64(max(1, limit)))
  }

  func batch(rows: Int) -> Batch {
    var columns = ScalarType.allCases.map { column($0, rows) }
    let times = FixedBuilder<DateTime>()
    for row in 0..<rows {
      times.append(DateTime(ticks: 638_000_000_000_000_000 + Int64(row * 1000 + number(900))))
    }
    columns.append(times.finish())
    let lines = TextBuilder()
    for _ in 0..<rows { lines.append(Array(line().utf8)) }
    columns.append(lines.finish())
    return Batch(columns: columns, count: rows)
  }

  /// A text of a few words, some of them rare, some beyond ASCII.
  func line() -> String {
    let words = [
      "powershell.exe", "-enc", "C:\\Windows\\System32", "straße", "ΣΊΣΥΦΟΣ", "日本語", "a_b", "x9",
      "Übermut",
    ]
    return (0..<1 + number(6)).map { _ in
      number(3) == 0 ? "w\(number(5000))" : words[number(words.count)]
    }.joined(separator: number(2) == 0 ? " " : "/")
  }

  private func column(_ type: ScalarType, _ rows: Int) -> Vector {
    if number(8) == 0 { return Vector(constant: .missing(type), count: rows) }
    let flat = flatColumn(type, rows)
    guard number(3) == 0, rows > 0 else { return flat }
    let codes = Buffer(byteCount: rows * 4)
    for row in 0..<rows {
      codes.values(UInt32.self)[row] = UInt32(truncatingIfNeeded: number(rows))
    }
    let dictionary = VectorDictionary(values: flat, isDistinct: false)
    return Vector(
      type: type,
      count: rows,
      layout: .dictionary(DictionaryRows(codes: codes, dictionary: dictionary))
    )
  }

  private func flatColumn(_ type: ScalarType, _ rows: Int) -> Vector {
    let builder = VectorBuilder(type: type)
    let spread = [1, 3, 300, 1 << 40][number(4)]
    let nullShare = number(3)
    for _ in 0..<rows {
      if nullShare > 0, number(4) < nullShare, type.isNullable {
        builder.appendNull()
      } else {
        builder.append(value(type, spread))
      }
    }
    return builder.finish()
  }

  private func value(_ type: ScalarType, _ spread: Int) -> Scalar {
    let draw = Int64(truncatingIfNeeded: number(spread)) - Int64(spread / 2)
    switch type {
    case .bool: return .bool(draw & 1 == 0)
    case .int: return .int(Int32(truncatingIfNeeded: draw))
    case .long: return .long(number(50) == 0 ? [.max, .min][number(2)] : draw)
    case .real: return .real(number(9) == 0 ? .nan : Double(draw) / 3)
    case .decimal: return .decimal(Decimal128(high: 0x3040_0000_0000_0000, low: UInt64(number(99))))
    case .datetime: return .datetime(DateTime(ticks: 600_000_000_000_000_000 + draw))
    case .timespan: return .timespan(TimeSpan(ticks: draw))
    case .guid: return .guid(GUID(high: UInt64(number(spread)), low: 7))
    case .string: return .string(ByteString(number(5) == 0 ? "" : line()))
    case .dynamic:
      var writer = DynamicWriter(capacity: 16)
      writer.append(long: draw)
      return .dynamic(writer.value())
    }
  }
}
