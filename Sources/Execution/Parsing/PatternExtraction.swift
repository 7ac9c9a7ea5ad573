import CSIMD
import Columnar

/// Finds the captures of a pattern in a text; belongs to one worker.
protocol CaptureMatcher: AnyObject {
  var captureCount: Int { get }
  /// Writes where each capture lies, as offset and length packed like a view of a text column;
  /// false where the text does not have the form of the pattern.
  func match(_ text: TextView, into views: UnsafeMutablePointer<UInt64>) throws -> Bool
}

/// Makes the columns of `parse`: views into the source where they are strings, without a copy.
final class PatternExtraction: TextExtraction {
  private let matcher: any CaptureMatcher
  private let conversions: [TextConversion]
  /// Whether one value that does not convert makes the whole text unmatched.
  private let isStrict: Bool

  init(_ matcher: any CaptureMatcher, conversions: [TextConversion], isStrict: Bool) {
    self.matcher = matcher
    self.conversions = conversions
    self.isStrict = isStrict
  }

  func extract(_ rows: TextRows, count: Int) throws -> ExtractedColumns {
    let matched = Buffer(byteCount: count)
    let flags = matched.values(UInt8.self)
    let views = try findViews(rows, count, flags)
    var columns: [Vector] = []
    for (buffer, conversion) in zip(views, conversions) {
      let texts = Vector(
        type: .string,
        count: count,
        layout: .text(
          TextRows(views: buffer, heap: rows.heap, isAscending: rows.isAscending)
        )
      )
      let values = try conversion.convert(texts)
      columns.append(values)
      guard isStrict, conversion.canFail, let nulls = values.nullRows()?.base else { continue }
      for row in 0..<count { flags[row] &= nulls[row] ^ 1 }
    }
    return ExtractedColumns(columns: columns.map { $0.keeping(flags) }, matched: matched)
  }

  /// The views of each capture; those of an unmatched text are empty.
  private func findViews(
    _ rows: TextRows,
    _ count: Int,
    _ flags: UnsafeMutablePointer<UInt8>
  ) throws -> [Buffer] {
    let buffers = conversions.map { _ in Buffer(byteCount: count * 8) }
    let targets = buffers.map { $0.values(UInt64.self) }
    let sources = rows.base
    try withUnsafeTemporaryAllocation(of: UInt64.self, capacity: targets.count + 1) { found in
      guard let views = found.baseAddress else { unreachable("an allocation has an address") }
      for row in 0..<count {
        let isMatch = try matcher.match(rows[row], into: views)
        flags[row] = isMatch ? 1 : 0
        let start = sources[row] & 0xFFFF_FFFF
        for (index, target) in targets.enumerated() {
          target[row] = start &+ (isMatch ? views[index] : 0)
        }
      }
    }
    return buffers
  }
}

/// Packs a part of a text as a view.
@inline(__always)
func packedView(_ start: Int, _ end: Int) -> UInt64 {
  UInt64(truncatingIfNeeded: start) | UInt64(truncatingIfNeeded: end &- start) &<< 32
}
