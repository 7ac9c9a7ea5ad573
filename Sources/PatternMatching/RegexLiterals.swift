/// A text that lies in everything that a pattern matches.
struct RegexLiteral: Sendable, Equatable {
  /// The bytes, ASCII letters in lower case where case is ignored.
  var bytes: [UInt8]
  var ignoresCase: Bool
}

/// What a search may know of a pattern before it is matched.
struct RegexLiterals: Sendable {
  /// Texts of which one lies in everything that the pattern matches; empty where none are known.
  var required: [RegexLiteral]
  /// Further texts all of which lie in everything that the pattern matches.
  var others: [RegexLiteral]
  /// True where the pattern matches just where one of these texts lies.
  var isExact: Bool

  /// More texts than this are not looked for one after the other.
  fileprivate static let alternativeLimit = 6

  init(_ node: RegexNode) {
    if case .capture(let body) = node {
      self.init(body)
    } else if case .alternation(let branches) = node {
      self.init(anyOf: branches)
    } else {
      self.init(sequence: node)
    }
  }

  /// What is known of parts that are matched one after the other.
  private init(sequence node: RegexNode) {
    var collector = Collector()
    collector.visit(node)
    collector.close()
    required = collector.best
    others = collector.all.filter { [$0] != collector.best }
    isExact = collector.isExact && !required.isEmpty
  }

  /// What is known of a choice: something of each branch, or nothing.
  private init(anyOf branches: [RegexNode]) {
    required = []
    others = []
    isExact = true
    for branch in branches {
      let own = RegexLiterals(branch)
      required += own.required
      isExact = isExact && own.isExact
      if own.required.isEmpty || required.count > Self.alternativeLimit {
        required = []
        isExact = false
        return
      }
    }
  }

  /// How well texts tell values apart: by the length of the shortest.
  private static func value(of texts: [RegexLiteral]) -> Int {
    let shortest = texts.map(\.bytes.count).min() ?? 0
    return texts.count > 1 ? shortest - 2 : shortest
  }

  /// The pattern without what its ends match optionally: `.*foo.*` is found where `foo` is.
  ///
  /// Only whether it matches stays the same, not where.
  static func withoutOptionalEnds(_ node: RegexNode) -> RegexNode {
    switch node {
    case .capture(let body):
      return withoutOptionalEnds(body)
    case .repetition(_, let bounds) where bounds.minimum == 0:
      return .empty
    case .concatenation(let parts):
      var kept = parts[...]
      while let first = kept.first, isOptional(first) { kept.removeFirst() }
      while let last = kept.last, isOptional(last) { kept.removeLast() }
      return kept.count == 1 ? kept[kept.startIndex] : .concatenation(Array(kept))
    default:
      return node
    }
  }

  private static func isOptional(_ node: RegexNode) -> Bool {
    switch node {
    case .empty: return true
    case .capture(let body): return isOptional(body)
    case .repetition(_, let bounds): return bounds.minimum == 0
    default: return false
    }
  }

  /// Walks over what must be matched one after the other, and keeps the longest text.
  private struct Collector {
    var best: [RegexLiteral] = []
    /// The texts that are needed in any case.
    var all: [RegexLiteral] = []
    var isExact = true
    private var run: [UInt8] = []
    private var ignoresCase = false
    private static let runLimit = 256

    mutating func visit(_ node: RegexNode) {
      switch node {
      case .empty:
        break
      case .scalar(let value, let ignores):
        append(value, ignoresCase: ignores)
      case .characters(let characters):
        visit(characters)
      case .assertion:
        isExact = false
      case .capture(let body):
        visit(body)
      case .concatenation(let parts):
        for part in parts { visit(part) }
      case .alternation:
        interrupt()
        consider(RegexLiterals(node).required)
      case .repetition(let body, let bounds):
        visit(body, bounds)
      }
    }

    /// Ends the run of adjacent characters.
    mutating func close() {
      if !run.isEmpty {
        let text = RegexLiteral(bytes: run, ignoresCase: ignoresCase)
        consider([text])
        if run.count > 1, all.count < RegexLiterals.alternativeLimit { all.append(text) }
      }
      run = []
      ignoresCase = false
    }

    private mutating func consider(_ texts: [RegexLiteral]) {
      if RegexLiterals.value(of: texts) > RegexLiterals.value(of: best) { best = texts }
    }

    /// Notes a part that matches more than one text.
    private mutating func interrupt() {
      isExact = false
      close()
    }

    private mutating func visit(_ characters: CharacterClass) {
      guard characters.properties.isEmpty, !characters.isNegated else { return interrupt() }
      if let value = characters.set.single { return append(value, ignoresCase: false) }
      let members = characters.set.ranges
      if members.count == 2, let first = members.first, let last = members.last,
        first.lower == first.upper, last.lower == last.upper, last.lower < 0x80,
        CaseMapping.lower(first.lower) == last.lower
      {
        // Looked for without case, but found only in these two: no other form exists for most.
        if CaseClosure.variants(last.lower).count > 2 { isExact = false }
        return append(last.lower, ignoresCase: true)
      }
      interrupt()
    }

    private mutating func visit(_ body: RegexNode, _ bounds: RegexRepeat) {
      guard bounds.minimum > 0 else { return interrupt() }
      if bounds.minimum == 1, bounds.maximum == 1 { return visit(body) }
      // The body is matched at least once, so what it needs is needed, but not next to the rest.
      interrupt()
      visit(body)
      interrupt()
    }

    private mutating func append(_ value: UInt32, ignoresCase ignores: Bool) {
      if run.count >= Self.runLimit { interrupt() }
      // A letter whose case matters becomes part of a run without case: a filter may find more.
      let isLetter = value < 0x80 && CaseMapping.lower(value) != CaseMapping.upper(value)
      let hadLetters = run.contains { $0 | 0x20 != $0 || $0 &- 0x61 < 26 }
      if ignores != ignoresCase, isLetter, hadLetters { isExact = false }
      if ignores, !ignoresCase {
        guard run.allSatisfy({ $0 < 0x80 }) else {
          interrupt()
          return append(value, ignoresCase: ignores)
        }
        run = run.map { $0 &- 0x41 < 26 ? $0 | 0x20 : $0 }
        ignoresCase = true
      }
      if ignoresCase, value >= 0x80 { interrupt() }
      UTF8Scalar.append(ignoresCase ? CaseMapping.lower(value) : value, to: &run)
    }
  }
}
