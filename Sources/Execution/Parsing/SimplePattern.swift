import CSIMD
import Columnar
import QueryPlan

/// A pattern of `parse` whose literals are plain texts.
///
/// Literals are found one after the other, each at its first place behind the one before; the
/// first must stand at the start and the last at the end of the text, unless a capture or `*`
/// lies there.
struct SimplePattern: Sendable {
  /// What lies between two literals.
  enum Filler: Sendable {
    case skip
    case capture(Int, ScalarType)
  }

  /// Fillers and the literal that ends them; nil for the end of the text.
  struct Part: Sendable {
    var fillers: [Filler] = []
    var literal: [UInt8]?
  }

  let parts: [Part]
  let captureCount: Int

  init(_ segments: [ParseSegment]) {
    var parts: [Part] = []
    var current = Part()
    var captures = 0
    for segment in segments {
      switch segment {
      case .skip: current.fillers.append(.skip)
      case .capture(let column, _):
        current.fillers.append(.capture(captures, column.type))
        captures += 1
      case .literal(let text):
        if text.bytes.isEmpty { continue }
        current.literal = text.bytes
        parts.append(current)
        current = Part()
      }
    }
    self.parts = parts + [current]
    captureCount = captures
  }
}

/// Matches a simple pattern.
final class SimpleMatcher: CaptureMatcher {
  private let parts: [SimplePattern.Part]
  /// Whether nothing may follow the last literal.
  private let endsWithLiteral: Bool
  let captureCount: Int

  init(_ pattern: SimplePattern) {
    parts = pattern.parts
    captureCount = pattern.captureCount
    endsWithLiteral = pattern.parts.last?.fillers.isEmpty ?? false
  }

  func match(_ text: TextView, into views: UnsafeMutablePointer<UInt64>) throws -> Bool {
    var position = 0
    for index in 0..<parts.count {
      let part = parts[index]
      guard let literal = part.literal else {
        if part.fillers.isEmpty { return position == text.count }
        fill(part.fillers, text, position, text.count, views)
        return true
      }
      let isLast = endsWithLiteral && index == parts.count - 2
      guard let found = place(of: literal, in: text, from: position, part, isLast) else {
        return false
      }
      fill(part.fillers, text, position, found, views)
      position = found &+ literal.count
    }
    return true
  }

  /// Where a literal lies: right here without fillers, at the end as the last one.
  private func place(
    of literal: [UInt8],
    in text: TextView,
    from position: Int,
    _ part: SimplePattern.Part,
    _ isLast: Bool
  ) -> Int? {
    literal.withTextView { wanted in
      if isLast || part.fillers.isEmpty {
        let start = isLast ? text.count &- wanted.count : position
        let isNear = part.fillers.isEmpty ? start == position : start >= position
        guard isNear, start &+ wanted.count <= text.count,
          text.part(start, start &+ wanted.count).isEqual(wanted)
        else { return nil }
        return start
      }
      return text.offset(of: wanted, from: position)
    }
  }

  /// Hands a run of the text out: the last filler takes what the others leave.
  private func fill(
    _ fillers: [SimplePattern.Filler],
    _ text: TextView,
    _ start: Int,
    _ end: Int,
    _ views: UnsafeMutablePointer<UInt64>
  ) {
    var position = start
    for (index, filler) in fillers.enumerated() {
      guard case .capture(let number, let type) = filler else { continue }
      if index == fillers.count - 1 {
        views[number] = packedView(position, end)
      } else {
        let length = ValueShape.prefixLength(of: type, in: text.part(position, end))
        views[number] = packedView(position, position &+ length)
        position &+= length
      }
    }
  }
}

extension TextView {
  /// The first place at or after an offset where other bytes lie.
  @inline(__always)
  func offset(of other: TextView, from start: Int) -> Int? {
    guard other.count > 0 else { return start }
    guard start <= count, other.count <= count &- start else { return nil }
    if other.count == 1 {
      guard let place = memchr(base + start, Int32(other[0]), count &- start) else { return nil }
      return UnsafeRawPointer(place) - UnsafeRawPointer(base)
    }
    return csimd_find(base + start, count &- start, other.base, other.count).map { $0 - base }
  }
}
