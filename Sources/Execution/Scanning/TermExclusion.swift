import Columnar
import QueryPlan
import Segments

extension SegmentScan {
  /// Whether no row of a segment can pass, because none of its text columns has a term that a test
  /// asks for; found out by the first worker that comes to the segment, before a column is opened.
  func isExcludedByTerms(_ part: Part) throws -> Bool {
    guard asksForTerms else { return false }
    return try part.isExcluded.value {
      let segment = try part.stored.open()
      let isExcluded = try tests.contains { try fails($0, part.stored, segment) }
      if isExcluded { measure?.noteWithoutTerm() }
      return isExcluded
    }
  }

  private func fails(
    _ test: ScanTest,
    _ stored: any StoredSegment,
    _ segment: Segment
  ) throws -> Bool {
    switch test {
    case .values(let test): try fails(test, stored, segment)
    case .any(let parts): try parts.allSatisfy { try fails($0, stored, segment) }
    case .bounds, .rows: false
    }
  }

  private func fails(
    _ test: ValueTest,
    _ stored: any StoredSegment,
    _ segment: Segment
  ) throws -> Bool {
    guard let requirement = test.requirement, !requirement.isNegated else { return false }
    switch stored.constant(named: columns[test.column].name) {
    case nil: return try !segment.mayHold(requirement.alternatives)
    // A value that all rows share is not among those of the segment's columns.
    case .string(let text): return !requirement.isMet(by: text.bytes)
    default: return false
    }
  }
}

extension ScanTest {
  /// Whether the test, or all parts of it, ask for terms.
  var asksForTerms: Bool {
    switch self {
    case .values(let test): test.requirement.map { !$0.isNegated } ?? false
    case .any(let parts): parts.allSatisfy(\.asksForTerms)
    case .bounds, .rows: false
    }
  }
}
