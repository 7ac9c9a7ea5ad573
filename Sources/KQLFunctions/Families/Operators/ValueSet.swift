import CSIMD
import Columnar
import PatternMatching

/// A set of values of one type, prepared to test whole vectors.
///
/// Dynamic arrays among the values stand for their elements. A value of another type is
/// converted where that loses nothing, else it equals nothing.
final class ValueSet {
  private enum Store {
    /// Hashed words: every type of up to 8 bytes; reals by their bits.
    case words(WordSet)
    case texts(NeedleSet)
    case scalars(Set<Scalar>)
  }

  private let type: ScalarType
  private let store: Store
  private let hasNull: Bool

  init(_ candidates: [Scalar], type: ScalarType, ignoresCase: Bool) {
    self.type = type
    var values: [Scalar] = []
    var sawNull = false
    for candidate in candidates.flatMap(\.spread) {
      if candidate.isNull {
        sawNull = true
      } else if let value = candidate.matching(type) {
        values.append(value)
      }
    }
    hasNull = sawNull
    switch type {
    case .string:
      let texts = values.compactMap { value -> [UInt8]? in
        if case .string(let text) = value { return text.bytes }
        return nil
      }
      store = .texts(NeedleSet(texts, mode: .equals, ignoresCase: ignoresCase))
    case .guid, .decimal, .dynamic: store = .scalars(Set(values))
    default: store = .words(WordSet(values.compactMap(\.word)))
    }
  }

  /// 1 where a row's value is in the set (0 where negated). A null value is in no set, but
  /// where the set holds null the result is null.
  func test(_ vector: Vector, count: Int, isNegated: Bool) -> Vector {
    let values = Buffer(byteCount: count)
    let target = values.values(UInt8.self)
    find(vector, count, target)
    let flags = vector.nullRows()
    if let flags {
      for row in 0..<count { target[row] &= flags.base[row] ^ 1 }
    }
    if isNegated {
      for row in 0..<count { target[row] ^= 1 }
    }
    let rows = FixedRows(values: values, nulls: hasNull ? flags : nil)
    return Vector(type: .bool, count: count, layout: .fixed(rows))
  }

  private func find(_ vector: Vector, _ count: Int, _ target: UnsafeMutablePointer<UInt8>) {
    switch store {
    case .texts(let needles):
      vector.withTextColumn(count: count) { needles.searchAny($0, into: target) }
    case .scalars(let set):
      for row in 0..<count { target[row] = set.contains(vector.scalar(at: row)) ? 1 : 0 }
    case .words(let set):
      switch type {
      case .bool: set.find(FixedOperand<UInt8>(vector), count, target) { UInt64($0) }
      case .int:
        set.find(FixedOperand<Int32>(vector), count, target) { UInt64(bitPattern: Int64($0)) }
      case .real:
        set.find(FixedOperand<Double>(vector), count, target) { $0.equalityBits }
      default: set.find(FixedOperand<UInt64>(vector), count, target) { $0 }
      }
    }
  }
}

/// A hash set of words: open addressing, at most half full.
struct WordSet {
  private let slots: [UInt64]
  private let mask: Int
  private let few: [UInt64]
  private let hasZero: Bool

  init(_ words: [UInt64]) {
    let distinct = Set(words)
    hasZero = distinct.contains(0)
    few = distinct.count <= 4 ? distinct.sorted() : []
    var size = 16
    while size < distinct.count &* 2 { size &*= 2 }
    mask = size &- 1
    var table = [UInt64](repeating: 0, count: size)
    for word in distinct where word != 0 {
      var slot = Int(truncatingIfNeeded: hashWord(word)) & mask
      while table[slot] != 0 { slot = (slot &+ 1) & mask }
      table[slot] = word
    }
    slots = table
  }

  /// Sets 1 for rows whose word is in the set, else 0.
  @inline(__always)
  func find<Value: BitwiseCopyable>(
    _ operand: FixedOperand<Value>,
    _ count: Int,
    _ target: UnsafeMutablePointer<UInt8>,
    _ word: (Value) -> UInt64
  ) {
    let base = operand.base
    let step = operand.isConstant ? 0 : -1
    withExtendedLifetime(operand.owner) {
      if few.isEmpty {
        slots.withUnsafeBufferPointer { table in
          for row in 0..<count {
            target[row] = contains(word(base[row & step]), table) ? 1 : 0
          }
        }
        return
      }
      memset(target, 0, count)
      for wanted in few {
        for row in 0..<count {
          target[row] |= unsafeBitCast(word(base[row & step]) == wanted, to: UInt8.self)
        }
      }
    }
  }

  @inline(__always)
  private func contains(_ word: UInt64, _ table: UnsafeBufferPointer<UInt64>) -> Bool {
    if word == 0 { return hasZero }
    var slot = Int(truncatingIfNeeded: hashWord(word)) & mask
    while table[slot] != 0 {
      if table[slot] == word { return true }
      slot = (slot &+ 1) & mask
    }
    return false
  }
}

extension Double {
  /// Bits that are equal where the numbers are; those of a NaN equal nothing in a set.
  fileprivate var equalityBits: UInt64 { self == 0 ? 0 : bitPattern }
}

extension Scalar {
  /// The elements of a dynamic array as scalars, else the value itself, unwrapped.
  var spread: [Scalar] {
    guard case .dynamic(let value) = self else { return [self] }
    return value.withView { view in
      view.kind == .array ? view.elements.map(\.scalar) : [view.scalar]
    }
  }

  /// The value as a type that it is to be compared with, or nil where it equals none of it.
  fileprivate func matching(_ wanted: ScalarType) -> Scalar? {
    if wanted == .dynamic { return .dynamic(dynamicValue) }
    switch (self, wanted) {
    case (.long(let value), .int): return Int32(exactly: value).map { .int($0) }
    case (.real(let value), .int): return Int32(exactly: value).map { .int($0) }
    case (.int(let value), .long): return .long(Int64(value))
    case (.real(let value), .long): return Int64(exactly: value).map { .long($0) }
    case (.int(let value), .real): return .real(Double(value))
    case (.long(let value), .real): return .real(Double(value))
    case (.int(let value), .decimal): return .decimal(Decimal128(Int64(value)))
    case (.long(let value), .decimal): return .decimal(Decimal128(value))
    case (.real(let value), .decimal): return Decimal128(value).map { .decimal($0) }
    case (.bool(let value), .long): return .long(value ? 1 : 0)
    case (.real(let value), .real): return value.isNaN ? nil : self
    default: return type == wanted ? self : nil
    }
  }

  /// The value as a word of `WordSet`.
  fileprivate var word: UInt64? {
    switch self {
    case .bool(let value): value ? 1 : 0
    case .int(let value): UInt64(bitPattern: Int64(value))
    case .long(let value): UInt64(bitPattern: value)
    case .real(let value): value.equalityBits
    case .datetime(let value): UInt64(bitPattern: value.ticks)
    case .timespan(let value): UInt64(bitPattern: value.ticks)
    default: nil
    }
  }
}

extension DynamicView {
  /// The value as a scalar of its own type; arrays and bags stay dynamic.
  var scalar: Scalar {
    switch kind {
    case .null: .null(.dynamic)
    case .bool: .bool(bool ?? false)
    case .long: .long(long ?? 0)
    case .real: .real(real ?? 0)
    case .string: .string(ByteString(string.map { Array($0) } ?? []))
    case .datetime: .datetime(datetime ?? DateTime(ticks: 0))
    case .timespan: .timespan(timespan ?? TimeSpan(ticks: 0))
    case .guid: .guid(guid ?? GUID(high: 0, low: 0))
    case .decimal: .decimal(decimal ?? .zero)
    case .array, .bag: .dynamic(DynamicValue(self))
    }
  }
}
