import Columnar
import QueryPlan
import SourceText

/// What the keys of a build side ask of the rows that are looked up among them.
struct KeyConditions {
  let kind: JoinKind
  let probeKeys: [Expression]
  let table: JoinTable

  /// Few enough texts to be looked for in filters of terms.
  private static let textLimit = 64

  /// Conditions that every probing row with a partner meets; none where rows without one are
  /// wanted too.
  var expressions: [Expression] {
    guard kind.dropsUnmatchedProbes, !probeKeys.isEmpty else { return [] }
    if table.rowCount == 0 { return [.literal(.bool(false))] }
    return probeKeys.indices.compactMap(condition)
  }

  private func condition(_ index: Int) -> Expression? {
    guard case .column(_, let type) = probeKeys[index] else { return nil }
    if let range = table.keys.range(ofColumn: index) {
      guard let least = Expression(type, range.lowerBound),
        let greatest = Expression(type, range.upperBound)
      else { return nil }
      return test("Between", [probeKeys[index], least, greatest])
    }
    guard let texts = table.keys.texts(ofColumn: index, limit: Self.textLimit) else { return nil }
    return test("In", [probeKeys[index]] + texts.map { .literal(.string($0)) })
  }

  private func test(_ function: String, _ arguments: [Expression]) -> Expression {
    .call(Call(function, arguments, type: .bool, span: SourceSpan(0, 0)))
  }
}

extension JoinKind {
  /// Whether a row of the side that is looked up leaves no trace where it has no partner.
  fileprivate var dropsUnmatchedProbes: Bool {
    switch self {
    case .inner, .innerUnique, .leftSemi, .rightSemi, .rightOuter: true
    case .leftOuter, .fullOuter, .leftAnti, .rightAnti: false
    }
  }
}

extension Expression {
  /// The value of a type that an integer stands for.
  fileprivate init?(_ type: ScalarType, _ word: Int64) {
    switch type {
    case .int: self = .literal(.int(Int32(truncatingIfNeeded: word)))
    case .long: self = .literal(.long(word))
    case .datetime: self = .literal(.datetime(DateTime(ticks: word)))
    case .timespan: self = .literal(.timespan(TimeSpan(ticks: word)))
    default: return nil
    }
  }
}
