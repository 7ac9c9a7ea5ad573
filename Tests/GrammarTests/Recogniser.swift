/// Tells whether a sequence of tokens is what a grammar describes: Earley's algorithm over the
/// grammar as it is written, with lookahead.
struct Recogniser: Sendable {
  private enum Symbol: Sendable {
    case terminal(Int)
    case rules(Int)
    case lookahead(Int)
    /// The end of a rule of these rules.
    case end(Int)
  }

  /// The symbols of all rules, one rule after the other; a state is an index into them.
  private var symbols: [Symbol] = []
  /// First states of the rules, by left side.
  private var starts: [[Int]] = []
  private var names: [String: Int] = [:]
  private var terminals: [Terminal: Int] = [:]
  private var lookaheads: [(part: GrammarExpression, isPositive: Bool)] = []

  /// Takes the productions, less one where `excluded` names it.
  init(_ productions: [Production], without excluded: String? = nil) {
    for production in productions {
      names[production.name] = starts.count
      starts.append([])
    }
    for production in productions where production.name != excluded {
      guard let left = names[production.name] else { continue }
      addRules(left, production.body)
    }
  }

  private mutating func addRules(_ left: Int, _ body: GrammarExpression) {
    switch body {
    case .choice(let parts): for part in parts { addRule(left, [part]) }
    case .optional(let part):
      addRule(left, [])
      addRule(left, [part])
    default: addRule(left, [body])
    }
  }

  private mutating func addRule(_ left: Int, _ parts: [GrammarExpression]) {
    var rule: [Symbol] = []
    for part in parts { append(part, to: &rule) }
    starts[left].append(symbols.count)
    symbols += rule
    symbols.append(.end(left))
  }

  private mutating func append(_ part: GrammarExpression, to rule: inout [Symbol]) {
    switch part {
    case .terminal(let terminal):
      let index = terminals[terminal] ?? terminals.count
      terminals[terminal] = index
      rule.append(.terminal(index))
    case .reference(let name): rule.append(.rules(names[name] ?? 0))
    case .sequence(let parts): for part in parts { append(part, to: &rule) }
    case .lookahead(let inner, let isPositive):
      rule.append(.lookahead(lookaheads.count))
      lookaheads.append((inner, isPositive))
    case .choice, .optional:
      let left = addLeft()
      addRules(left, part)
      rule.append(.rules(left))
    case .repeated(let inner):
      let left = addLeft()
      addRule(left, [])
      var again: [Symbol] = [.rules(left)]
      append(inner, to: &again)
      starts[left].append(symbols.count)
      symbols += again
      symbols.append(.end(left))
      rule.append(.rules(left))
    }
  }

  private mutating func addLeft() -> Int {
    starts.append([])
    return starts.count - 1
  }

  /// Whether the words are a whole of the production `start`.
  func accepts(_ words: [Word], as start: String, sets: TokenSets) -> Bool {
    guard let goal = names[start] else { return false }
    var table = [[Bool]](repeating: [], count: words.count)
    let all = terminals.sorted { $0.value < $1.value }.map(\.key)
    for (index, word) in words.enumerated() {
      table[index] = all.map { sets.matches($0, word) }
    }
    var chart = Chart(words: words, matches: table, sets: sets)
    predict(goal, at: 0, &chart)
    for position in 0...words.count {
      guard chart.hasItems(at: position) else { return false }
      var next = 0
      while let item = chart.item(next, at: position) {
        next += 1
        step(item, at: position, &chart)
      }
    }
    return chart.isComplete(goal)
  }

  private func step(_ item: Item, at position: Int, _ chart: inout Chart) {
    switch symbols[item.state] {
    case .terminal(let terminal):
      if position < chart.matches.count, chart.matches[position][terminal] {
        chart.add(item.next, at: position + 1)
      }
    case .rules(let left):
      if chart.wait(item, for: left, at: position) { predict(left, at: position, &chart) }
      if chart.isEmptyDone(left, at: position) { chart.add(item.next, at: position) }
    case .lookahead(let index):
      let (part, isPositive) = lookaheads[index]
      let found = !Self.ends(part, chart.words, from: position, chart.sets).isEmpty
      if found == isPositive { chart.add(item.next, at: position) }
    case .end(let left):
      for waiting in chart.complete(left, from: item.origin, at: position) {
        chart.add(waiting.next, at: position)
      }
    }
  }

  private func predict(_ left: Int, at position: Int, _ chart: inout Chart) {
    for start in starts[left] {
      if case .terminal(let terminal) = symbols[start] {
        guard position < chart.matches.count, chart.matches[position][terminal] else { continue }
      }
      chart.add(Item(state: start, origin: position), at: position)
    }
  }

  /// Whether words begin with a part, which names no production.
  static func begins(_ part: GrammarExpression, with words: [Word], sets: TokenSets) -> Bool {
    !ends(part, words, from: 0, sets).isEmpty
  }

  /// Where a part that begins at a position may end.
  private static func ends(
    _ part: GrammarExpression,
    _ words: [Word],
    from start: Int,
    _ sets: TokenSets
  ) -> Set<Int> {
    switch part {
    case .terminal(let terminal):
      guard start < words.count else { return [] }
      return sets.matches(terminal, words[start]) ? [start + 1] : []
    case .sequence(let parts):
      return parts.reduce([start]) { from, part in
        from.reduce(into: []) { $0.formUnion(ends(part, words, from: $1, sets)) }
      }
    case .choice(let parts):
      return parts.reduce(into: []) { $0.formUnion(ends($1, words, from: start, sets)) }
    case .lookahead(let inner, let isPositive):
      return ends(inner, words, from: start, sets).isEmpty != isPositive ? [start] : []
    case .reference, .optional, .repeated: return [start]
    }
  }
}

/// A rule that is read up to a state, and where it began.
struct Item: Hashable {
  let state: Int
  let origin: Int

  var next: Item { Item(state: state + 1, origin: origin) }
}

/// What has been read so far.
private struct Chart {
  let words: [Word]
  /// Whether a word is what a terminal asks for.
  let matches: [[Bool]]
  let sets: TokenSets
  private var items: [[Item]]
  private var known: [Set<Item>]
  /// Items that wait for rules to end, by where the rules begin.
  private var waiting: [[Int: [Item]]]
  /// Rules that ended where they began.
  private var empty: [Set<Int>]
  private var done: Set<Int> = []

  init(words: [Word], matches: [[Bool]], sets: TokenSets) {
    self.words = words
    self.matches = matches
    self.sets = sets
    items = Array(repeating: [], count: words.count + 1)
    known = Array(repeating: [], count: words.count + 1)
    waiting = Array(repeating: [:], count: words.count + 1)
    empty = Array(repeating: [], count: words.count + 1)
  }

  func hasItems(at position: Int) -> Bool { !items[position].isEmpty }

  func item(_ index: Int, at position: Int) -> Item? {
    index < items[position].count ? items[position][index] : nil
  }

  mutating func add(_ item: Item, at position: Int) {
    if known[position].insert(item).inserted { items[position].append(item) }
  }

  /// Answers whether the rules are waited for here for the first time.
  mutating func wait(_ item: Item, for left: Int, at position: Int) -> Bool {
    let isFirst = waiting[position][left] == nil
    waiting[position][left, default: []].append(item)
    return isFirst
  }

  func isEmptyDone(_ left: Int, at position: Int) -> Bool { empty[position].contains(left) }

  /// Notes that rules ended, and answers the items that waited for them.
  mutating func complete(_ left: Int, from origin: Int, at position: Int) -> [Item] {
    if origin == position { empty[position].insert(left) }
    if origin == 0, position == words.count { done.insert(left) }
    return waiting[origin][left] ?? []
  }

  func isComplete(_ left: Int) -> Bool { done.contains(left) }
}
