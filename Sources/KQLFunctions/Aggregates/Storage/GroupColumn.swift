import CSIMD
import Columnar

/// One value of any type a group, copied out of rows that an aggregate has chosen.
final class GroupColumn {
  private let type: ScalarType
  private let fixed: GroupArray<UInt8>
  private let texts = TextSlots()
  private let nulls = GroupArray<UInt8>(filler: 1)
  private var groups = 0

  init(type: ScalarType) {
    self.type = type
    fixed = GroupArray(filler: 0)
  }

  /// Bytes held.
  var byteCount: Int { fixed.byteCount + texts.byteCount + nulls.byteCount }

  /// Makes room for groups up to a number; new ones are null.
  func reserve(groups: Int) {
    self.groups = max(groups, self.groups)
    nulls.resize(to: groups)
    if type.isText {
      texts.reserve(groups: groups)
    } else {
      fixed.resize(to: groups * type.byteWidth)
    }
  }

  /// Copies chosen rows of a vector: the `i`-th chosen row into group `targets[i]`.
  func store(_ vector: Vector, rows: GroupArray<UInt32>, targets: GroupArray<UInt32>) {
    guard rows.count > 0 else { return }
    let chosen = vector.gather(UnsafePointer(rows.base), count: rows.count).flattened()
    let flags = chosen.nullRows()
    for index in 0..<rows.count {
      nulls[Int(targets[index])] = flags.map { $0.base[index] } ?? 0
    }
    switch chosen.layout {
    case .text(let texts): storeTexts(texts, targets)
    case .fixed(let values): storeFixed(values, targets)
    case .constant, .dictionary: unreachable("a flattened vector is fixed or text")
    }
  }

  /// Copies the values of another column's groups: its group `sources[i]` into `targets[i]`.
  func store(_ other: GroupColumn, sources: GroupArray<UInt32>, targets: GroupArray<UInt32>) {
    for index in 0..<sources.count {
      let source = Int(sources[index])
      let target = Int(targets[index])
      nulls[target] = other.nulls[source]
      if type.isText {
        texts.store(other.texts.view(source), group: target)
      } else {
        let width = type.byteWidth
        memcpy(fixed.base + target * width, other.fixed.base + source * width, width)
      }
    }
  }

  /// The values of the first groups.
  func vector(_ groups: Int) -> Vector {
    type.isText ? textVector(groups) : fixedVector(groups)
  }

  private func storeTexts(_ values: TextRows, _ targets: GroupArray<UInt32>) {
    for index in 0..<targets.count {
      texts.store(values[index], group: Int(targets[index]))
    }
  }

  private func storeFixed(_ values: FixedRows, _ targets: GroupArray<UInt32>) {
    let width = type.byteWidth
    let source = values.base(UInt8.self) + values.start * (width - 1)
    for index in 0..<targets.count {
      memcpy(fixed.base + Int(targets[index]) * width, source + index * width, width)
    }
  }

  private func textVector(_ groups: Int) -> Vector {
    let builder = TextBuilder(type: type, capacity: groups)
    for group in 0..<groups {
      if nulls[group] != 0 { builder.appendNull() } else { builder.append(texts.view(group)) }
    }
    return builder.finish()
  }

  private func fixedVector(_ groups: Int) -> Vector {
    let values = Buffer(byteCount: groups * type.byteWidth)
    memcpy(values.base, fixed.base, groups * type.byteWidth)
    let flags = Buffer(byteCount: groups)
    memcpy(flags.base, nulls.base, groups)
    let hasNull = (0..<groups).contains { nulls[$0] != 0 }
    let rows = FixedRows(values: values, nulls: hasNull ? NullRows(flags: flags) : nil)
    return Vector(type: type, count: groups, layout: .fixed(rows))
  }
}
