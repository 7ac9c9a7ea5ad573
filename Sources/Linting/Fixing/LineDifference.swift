public import SourceText

/// The difference of two texts by lines, as `diff -u` shows it.
public struct LineDifference {
  private enum Step {
    case keep(Int)
    case remove(Int)
    case insert(Int)
  }

  private let old: [ArraySlice<UInt8>]
  private let new: [ArraySlice<UInt8>]
  private var steps: [Step] = []
  private static let contextLines = 3
  /// Above this many pairs of lines, all of the part in which the texts differ is replaced.
  private static let pairLimit = 4_000_000

  public init(from old: SourceText, to new: SourceText) {
    self.old = Self.lines(old)
    self.new = Self.lines(new)
    steps = findSteps()
  }

  /// The lines of the difference without line ends; none where the texts are equal.
  ///
  /// - Parameter path: what the file is called in the head.
  public func unified(path: String) -> [[UInt8]] {
    let hunks = findHunks()
    if hunks.isEmpty { return [] }
    return [Array("--- \(path)".utf8), Array("+++ \(path)".utf8)] + hunks.flatMap(lines)
  }

  private static func lines(_ source: SourceText) -> [ArraySlice<UInt8>] {
    let starts = source.lineStarts
    var lines: [ArraySlice<UInt8>] = []
    for (index, start) in starts.enumerated() {
      let end = index + 1 < starts.count ? starts[index + 1] : source.bytes.count
      if start < end { lines.append(source.bytes[start..<end]) }
    }
    return lines
  }

  private func findSteps() -> [Step] {
    let shorter = min(old.count, new.count)
    var head = 0
    while head < shorter, old[head] == new[head] { head += 1 }
    var tail = 0
    while tail < shorter - head, old[old.count - 1 - tail] == new[new.count - 1 - tail] {
      tail += 1
    }
    let middle = align(head..<old.count - tail, head..<new.count - tail)
    let last = (old.count - tail..<old.count).map(Step.keep)
    return (0..<head).map(Step.keep) + middle + last
  }

  /// Keeps as many lines of two ranges as can be kept.
  private func align(_ left: Range<Int>, _ right: Range<Int>) -> [Step] {
    if left.count * right.count > Self.pairLimit {
      return left.map(Step.remove) + right.map(Step.insert)
    }
    let width = right.count + 1
    var kept = [Int32](repeating: 0, count: (left.count + 1) * width)
    for row in left.indices.reversed() {
      for column in right.indices.reversed() {
        let place = (row - left.lowerBound) * width + column - right.lowerBound
        kept[place] =
          old[row] == new[column]
          ? kept[place + width + 1] + 1 : max(kept[place + width], kept[place + 1])
      }
    }
    var steps: [Step] = []
    var row = left.lowerBound
    var column = right.lowerBound
    while row < left.upperBound || column < right.upperBound {
      let place = (row - left.lowerBound) * width + column - right.lowerBound
      if row < left.upperBound, column < right.upperBound, old[row] == new[column] {
        steps.append(.keep(row))
        row += 1
        column += 1
      } else if row < left.upperBound,
        column == right.upperBound || kept[place + width] >= kept[place + 1]
      {
        steps.append(.remove(row))
        row += 1
      } else {
        steps.append(.insert(column))
        column += 1
      }
    }
    return steps
  }

  /// Ranges of steps with changes and the lines around them.
  private func findHunks() -> [Range<Int>] {
    var hunks: [Range<Int>] = []
    for (index, step) in steps.enumerated() {
      if case .keep = step { continue }
      let start = max(0, index - Self.contextLines)
      let end = min(steps.count, index + Self.contextLines + 1)
      if let last = hunks.last, start <= last.upperBound {
        hunks[hunks.count - 1] = last.lowerBound..<end
      } else {
        hunks.append(start..<end)
      }
    }
    return hunks
  }

  private func lines(_ hunk: Range<Int>) -> [[UInt8]] {
    let before = counts(steps[..<hunk.lowerBound])
    let inside = counts(steps[hunk])
    let oldStart = inside.old == 0 ? before.old : before.old + 1
    let newStart = inside.new == 0 ? before.new : before.new + 1
    let head = "@@ -\(oldStart),\(inside.old) +\(newStart),\(inside.new) @@"
    return [Array(head.utf8)] + steps[hunk].flatMap(line)
  }

  private func counts(_ steps: ArraySlice<Step>) -> (old: Int, new: Int) {
    var counts = (old: 0, new: 0)
    for step in steps {
      switch step {
      case .keep: counts = (counts.old + 1, counts.new + 1)
      case .remove: counts.old += 1
      case .insert: counts.new += 1
      }
    }
    return counts
  }

  private func line(_ step: Step) -> [[UInt8]] {
    let (mark, line) =
      switch step {
      case .keep(let index): (" ", old[index])
      case .remove(let index): ("-", old[index])
      case .insert(let index): ("+", new[index])
      }
    if line.last == 0x0A { return [Array(mark.utf8) + line.dropLast()] }
    return [Array(mark.utf8) + line, Array("\\ No newline at end of file".utf8)]
  }
}
