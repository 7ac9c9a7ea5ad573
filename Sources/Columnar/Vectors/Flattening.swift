import CSIMD

extension Vector {
  /// The same rows as `.fixed` or `.text`; the receiver itself where it already is.
  public func flattened() -> Vector {
    switch layout {
    case .fixed, .text: return self
    case .constant(let value): return Self.repeating(value, count: count)
    case .dictionary(let rows):
      return withExtendedLifetime(rows) {
        rows.dictionary.values.gather(rows.base, count: count)
      }
    }
  }

  /// Picks rows by index; every index must be below `count`.
  public func gather(_ indices: UnsafePointer<UInt32>, count picked: Int) -> Vector {
    let part: VectorLayout
    switch layout {
    case .constant: part = layout
    case .fixed(let rows): part = .fixed(gatherFixed(rows, indices, picked))
    case .text(let rows):
      let views = Buffer(byteCount: picked * 8)
      pick(rows.base, indices, picked, into: views.values(UInt64.self))
      part = .text(
        TextRows(
          views: views,
          heap: rows.heap,
          nulls: gatherNulls(rows.nulls, indices, picked),
          isAscending: false
        )
      )
    case .dictionary(let rows):
      let codes = Buffer(byteCount: picked * 4)
      pick(rows.base, indices, picked, into: codes.values(UInt32.self))
      part = .dictionary(DictionaryRows(codes: codes, dictionary: rows.dictionary))
    }
    return Vector(type: type, count: picked, layout: part)
  }

  /// Picks rows by index.
  public func gather(_ selection: Selection) -> Vector {
    withExtendedLifetime(selection) { gather(selection.base, count: selection.count) }
  }

  /// Null flags of the rows where any row may be null, else nil; materialised for dictionaries.
  public func nullRows() -> NullRows? {
    switch layout {
    case .constant(let value):
      guard value.isNull else { return nil }
      let flags = Buffer(byteCount: count)
      memset(flags.base, 1, count)
      return NullRows(flags: flags)
    case .fixed(let rows): return rows.nulls
    case .text(let rows): return rows.nulls
    case .dictionary(let rows):
      return withExtendedLifetime(rows) {
        gatherNulls(rows.dictionary.values.nullRows(), rows.base, count)
      }
    }
  }

  /// Makes a flat vector with one value in every row.
  static func repeating(_ value: Scalar, count: Int) -> Vector {
    let builder = VectorBuilder(type: value.type, capacity: 1)
    builder.append(value)
    let single = builder.finish()
    return withUnsafeTemporaryAllocation(of: UInt32.self, capacity: max(1, count)) { zeros in
      zeros.initialize(repeating: 0)
      guard let base = zeros.baseAddress else { unreachable("an allocation has an address") }
      return single.gather(base, count: count)
    }
  }

  private func gatherFixed(
    _ rows: FixedRows,
    _ indices: UnsafePointer<UInt32>,
    _ picked: Int
  ) -> FixedRows {
    let values = Buffer(byteCount: picked * type.byteWidth)
    switch type.byteWidth {
    case 1: pick(rows.base(UInt8.self), indices, picked, into: values.values(UInt8.self))
    case 4: pick(rows.base(UInt32.self), indices, picked, into: values.values(UInt32.self))
    case 8: pick(rows.base(UInt64.self), indices, picked, into: values.values(UInt64.self))
    default: pick(rows.base(GUID.self), indices, picked, into: values.values(GUID.self))
    }
    return FixedRows(values: values, nulls: gatherNulls(rows.nulls, indices, picked))
  }
}

/// Picks null flags by index.
func gatherNulls(
  _ nulls: NullRows?,
  _ indices: UnsafePointer<UInt32>,
  _ picked: Int
) -> NullRows? {
  guard let nulls else { return nil }
  let flags = Buffer(byteCount: picked)
  pick(nulls.base, indices, picked, into: flags.values(UInt8.self))
  return NullRows(flags: flags)
}

@inline(__always)
private func pick<Value: BitwiseCopyable>(
  _ source: UnsafePointer<Value>,
  _ indices: UnsafePointer<UInt32>,
  _ count: Int,
  into target: UnsafeMutablePointer<Value>
) {
  for row in 0..<count { target[row] = source[Int(indices[row])] }
}
