/// A generator of random numbers that gives the same ones for the same seed.
struct SeededNumbers: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

/// Makes texts that a grammar describes, but for its lookahead.
struct SentenceGenerator {
  /// A piece of a text, and whether it stands right behind the piece before.
  typealias Piece = (text: String, isGlued: Bool)

  private let productions: [String: Production]
  /// The least depth of a tree of each production.
  private var heights: [String: Int] = [:]
  /// How many productions lead from one to the production that a sentence must have in it.
  private var distances: [String: Int] = [:]
  private var goal = ""
  /// How often sequences are made anew before lookahead is let be.
  private var attempts = 0
  private let sets: TokenSets
  var numbers: SeededNumbers
  /// The texts that tokens with many forms may have.
  private let samples: [String: [String]]

  init(
    _ file: GrammarFile,
    sets: TokenSets,
    samples: [String: [String]],
    seed: UInt64
  ) {
    productions = Dictionary(uniqueKeysWithValues: file.productions.map { ($0.name, $0) })
    self.sets = sets
    self.samples = samples
    numbers = SeededNumbers(seed: seed)
    measureHeights()
  }

  /// A text of `start` in which the production `through` is used.
  mutating func sentence(_ start: String, through: String, depth: Int) -> [Piece] {
    if goal != through {
      goal = through
      measureDistances()
    }
    attempts = 60
    var pieces: [Piece] = []
    add(.reference(start), depth: depth, isOnWay: start != through, to: &pieces)
    return pieces
  }

  private mutating func measureHeights() {
    var isChanged = true
    while isChanged {
      isChanged = false
      for production in productions.values {
        guard let height = height(production.body), heights[production.name] != height + 1 else {
          continue
        }
        if let known = heights[production.name], known <= height + 1 { continue }
        heights[production.name] = height + 1
        isChanged = true
      }
    }
  }

  private func height(_ body: GrammarExpression) -> Int? {
    switch body {
    case .terminal, .lookahead, .optional, .repeated: return 0
    case .reference(let name): return heights[name]
    case .choice(let parts): return parts.compactMap(height).min()
    case .sequence(let parts):
      let all = parts.map(height)
      guard !all.contains(where: { $0 == nil }) else { return nil }
      // What must come after is not for this sequence to make: it is seldom right.
      if case .lookahead(_, isPositive: true) = parts.last { return Self.unlikely }
      return all.compactMap { $0 }.max() ?? 0
    }
  }

  private static let unlikely = 25

  private mutating func measureDistances() {
    distances = [goal: 0]
    var isChanged = true
    while isChanged {
      isChanged = false
      for production in productions.values where distances[production.name] == nil {
        let near = production.body.references.compactMap { distances[$0] }.min()
        guard let near else { continue }
        distances[production.name] = near + 1
        isChanged = true
      }
    }
  }

  private func distance(_ body: GrammarExpression) -> Int? {
    body.references.compactMap { distances[$0] }.min()
  }

  private mutating func add(
    _ body: GrammarExpression,
    depth: Int,
    isOnWay: Bool,
    to pieces: inout [Piece]
  ) {
    switch body {
    case .terminal(let terminal): addTerminal(terminal, to: &pieces)
    case .reference(let name):
      guard let production = productions[name] else { return }
      add(production.body, depth: depth - 1, isOnWay: isOnWay && name != goal, to: &pieces)
    case .lookahead: break
    case .sequence(let parts): addSequence(parts, depth: depth, isOnWay: isOnWay, to: &pieces)
    case .choice(let parts):
      let part = choose(parts, depth: depth, isOnWay: isOnWay)
      add(part, depth: depth, isOnWay: isOnWay, to: &pieces)
    case .optional(let part):
      let isTaken = isOnWay || wants(part, depth: depth, chance: 3)
      if isTaken { add(part, depth: depth, isOnWay: isOnWay, to: &pieces) }
    case .repeated(let part):
      if isOnWay { add(part, depth: depth, isOnWay: true, to: &pieces) }
      while pieces.count < Self.longest, wants(part, depth: depth, chance: 4) {
        add(part, depth: depth, isOnWay: false, to: &pieces)
      }
    }
  }

  private mutating func wants(_ part: GrammarExpression, depth: Int, chance: Int) -> Bool {
    guard depth > (height(part) ?? 0) + 2 else { return false }
    return Int.random(in: 0..<chance, using: &numbers) == 0
  }

  /// Adds the parts, again where what was to come next did not.
  private mutating func addSequence(
    _ parts: [GrammarExpression],
    depth: Int,
    isOnWay: Bool,
    to pieces: inout [Piece]
  ) {
    let onWay = ways(parts, isDetour: depth > 0)
    let start = pieces.count
    var left = 6
    while true {
      pieces.removeSubrange(start...)
      var lookaheads: [(index: Int, part: GrammarExpression, isPositive: Bool)] = []
      let next = isOnWay && !onWay.isEmpty ? onWay.randomElement(using: &numbers) : nil
      for (index, part) in parts.enumerated() {
        if case .lookahead(let inner, let isPositive) = part {
          lookaheads.append((pieces.count, inner, isPositive))
        }
        let partDepth = index == next || !isOnWay ? depth : depth / 2
        add(part, depth: partDepth, isOnWay: index == next, to: &pieces)
      }
      let fits = lookaheads.allSatisfy {
        $0.index == pieces.count || begins($0.part, with: pieces[$0.index...]) == $0.isPositive
      }
      if fits || left == 0 || attempts == 0 || pieces.count > Self.longest { return }
      attempts -= 1
      left -= 1
    }
  }

  /// The parts through which the goal can be reached; the nearest alone if there is no detour.
  private func ways(_ parts: [GrammarExpression], isDetour: Bool) -> [Int] {
    let least = parts.compactMap(distance).min()
    return parts.indices.filter { index in
      isDetour ? distance(parts[index]) != nil : distance(parts[index]) == least
    }
  }

  /// How many pieces a sentence has at most, about.
  private static let longest = 60

  /// Whether pieces begin as a lookahead says.
  private func begins(_ part: GrammarExpression, with pieces: ArraySlice<Piece>) -> Bool {
    let text = pieces.prefix(6).reduce(into: "") { text, piece in
      if !text.isEmpty, !piece.isGlued { text += " " }
      text += piece.text
    }
    return Recogniser.begins(part, with: Word.read(text), sets: sets)
  }

  private mutating func choose(
    _ parts: [GrammarExpression],
    depth: Int,
    isOnWay: Bool
  ) -> GrammarExpression {
    if isOnWay {
      let isDetour = depth > 0 && Int.random(in: 0..<3, using: &numbers) == 0
      return parts[ways(parts, isDetour: isDetour).randomElement(using: &numbers) ?? 0]
    }
    let affordable = parts.filter { (height($0) ?? .max) < depth }
    if let part = affordable.randomElement(using: &numbers) { return part }
    let least = parts.compactMap(height).min()
    return parts.filter { height($0) == least }.randomElement(using: &numbers) ?? parts[0]
  }

  private mutating func addTerminal(_ terminal: Terminal, to pieces: inout [Piece]) {
    switch terminal.kind {
    case .text(let text): pieces.append((text, terminal.isGlued))
    case .set(let name): pieces.append((sample(name), terminal.isGlued))
    case .range(let low, let high):
      let value = UInt32.random(in: low...high, using: &numbers)
      pieces.append((Unicode.Scalar(value).map { String($0) } ?? "?", terminal.isGlued))
    }
  }

  private mutating func sample(_ set: String) -> String {
    if let texts = samples[set] { return texts.randomElement(using: &numbers) ?? "" }
    let (kinds, written) = sets.kinds(set)
    let words = sets.words(set).sorted()
    var texts = kinds.map { "\($0)" }.sorted().flatMap { samples[$0] ?? [] }
    texts += written.map { "\($0)" }.sorted().flatMap { samples["written " + $0] ?? [] }
    let isWord = texts.isEmpty || Int.random(in: 0..<4, using: &numbers) == 0
    return (isWord ? words : texts).randomElement(using: &numbers) ?? texts.first ?? ""
  }
}
