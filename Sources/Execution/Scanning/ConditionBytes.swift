import Columnar
import QueryPlan

extension Expression {
  /// Bytes that name a condition on one column: equal bytes have equal answers for equal values.
  ///
  /// nil where the condition runs a subquery, whose answer may change.
  var conditionBytes: [UInt8]? {
    var bytes: [UInt8] = []
    return append(to: &bytes) ? bytes : nil
  }

  private func append(to bytes: inout [UInt8]) -> Bool {
    switch self {
    case .scalarSubquery, .membership: return false
    case .column(_, let type):
      bytes += [0, type.rawValue]
    case .literal(let value):
      bytes += [1, value.type.rawValue]
      value.append(to: &bytes)
    case .call(let call):
      bytes += [2, call.type.rawValue]
      bytes.append(sized: Array(call.function.utf8))
      bytes.append(number: call.arguments.count)
      return call.arguments.allSatisfy { $0.append(to: &bytes) }
    }
    return true
  }
}

extension Scalar {
  /// Appends the bits of the value, after a byte that tells null from others.
  fileprivate func append(to bytes: inout [UInt8]) {
    bytes.append(isNull ? 0 : 1)
    switch self {
    case .null: return
    case .bool(let value): bytes.append(value ? 1 : 0)
    case .int(let value): bytes.append(number: Int(value))
    case .long(let value): bytes.append(number: Int(value))
    case .real(let value): bytes.append(number: Int(bitPattern: UInt(value.bitPattern)))
    case .datetime(let value): bytes.append(number: Int(value.ticks))
    case .timespan(let value): bytes.append(number: Int(value.ticks))
    case .decimal(let value): withUnsafeBytes(of: value) { bytes += Array($0) }
    case .guid(let value): withUnsafeBytes(of: value) { bytes += Array($0) }
    case .string(let text): bytes.append(sized: text.bytes)
    case .dynamic(let value): bytes.append(sized: value.bytes)
    }
  }
}

extension [UInt8] {
  fileprivate mutating func append(number: Int) {
    Swift.withUnsafeBytes(of: number.littleEndian) { append(contentsOf: $0) }
  }

  fileprivate mutating func append(sized other: [UInt8]) {
    append(number: other.count)
    append(contentsOf: other)
  }
}
