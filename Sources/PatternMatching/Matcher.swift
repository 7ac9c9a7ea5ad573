import CPCRE2

/// Matches one pattern against many texts on one thread.
///
/// A byte that is not part of valid UTF-8 matches nothing, not even `.` or a negated class; the
/// rest of such a text is matched as ever. A value that needs more than `stepLimit` steps is an
/// error that names the pattern, never "no match".
public final class Matcher {
  /// The steps that one match may take.
  public static let stepLimit = 100_000
  /// Matches that stay below this many steps are not charged to the budget one by one.
  private static let cheapStepLimit: UInt32 = 4_000
  /// In longer texts all literals of the pattern are looked for first.
  private static let costlyText = 2_048
  /// Longer texts are searched window by window, so that they can be interrupted.
  private static let longText = 32_768

  public let pattern: Pattern
  private let budget: MatchBudget?
  private let data: OpaquePointer
  private let context: OpaquePointer
  private let stack: OpaquePointer?
  /// Codes by the number of their form, looked up once.
  private var codes: [CompiledPattern?] = Array(repeating: nil, count: 12)
  private var uncharged = 0

  /// Makes a matcher; nil only where memory is exhausted.
  public init?(_ pattern: Pattern, budget: MatchBudget? = nil) {
    self.pattern = pattern
    self.budget = budget
    let pairs = UInt32(truncatingIfNeeded: pattern.captureCount + 1)
    guard let data = pcre2_match_data_create_8(pairs, nil) else { return nil }
    guard let context = pcre2_match_context_create_8(nil) else {
      pcre2_match_data_free_8(data)
      return nil
    }
    self.data = data
    self.context = context
    stack = pcre2_jit_stack_create_8(32 * 1024, 4 * 1024 * 1024, nil)
    pcre2_jit_stack_assign_8(context, nil, stack.map(UnsafeMutableRawPointer.init))
    // For the interpreter, which takes over where the native stack is too small; in KiB.
    pcre2_set_heap_limit_8(context, 64 * 1024)
  }

  deinit {
    pcre2_match_data_free_8(data)
    pcre2_match_context_free_8(context)
    if let stack { pcre2_jit_stack_free_8(stack) }
  }

  /// Tells whether the pattern matches anywhere in the text.
  public func isMatch(_ text: UnsafeBufferPointer<UInt8>) throws(MatchFailure) -> Bool {
    if let required = pattern.required {
      let isHeld = required.lies(in: text)
      if isHeld, required.isEnough { return true }
      if !isHeld, required.rulesOut(text) { return false }
    }
    return try search(text, from: 0, Self.kind(of: text), findsGroups: false)
  }

  /// Finds the first match at or after a byte offset; `range` and `group` then tell where.
  ///
  /// What lies before `from` is still seen by `^`, `\b` and their like.
  public func firstMatch(
    in text: UnsafeBufferPointer<UInt8>,
    from: Int = 0
  ) throws(MatchFailure) -> Bool {
    guard from >= 0, from <= text.count else { return false }
    if from == 0, let required = pattern.required, !required.lies(in: text),
      required.rulesOut(text)
    {
      return false
    }
    return try search(text, from: from, Self.kind(of: text), findsGroups: true)
  }

  /// Where the whole match of the last successful `firstMatch` lies.
  public var range: Range<Int> { group(0) ?? 0..<0 }

  /// Where a group of the last successful `firstMatch` lies; nil where it took no part.
  public func group(_ number: Int) -> Range<Int>? {
    guard number >= 0, number <= pattern.captureCount,
      let ends = pcre2_get_ovector_pointer_8(data)
    else { return nil }
    let start = ends[2 * number]
    let end = ends[2 * number + 1]
    return start <= end && end != Int(bitPattern: UInt.max) && start >= 0 ? start..<end : nil
  }

  /// Calls `body` at each match from left to right until it returns false.
  ///
  /// Matches do not overlap. An empty match is left out right behind another match.
  public func forEachMatch(
    in text: UnsafeBufferPointer<UInt8>,
    _ body: (Range<Int>) -> Bool
  ) throws(MatchFailure) {
    guard try firstMatch(in: text) else { return }
    let kind = Self.kind(of: text)
    var from = 0
    var lastEnd = -1
    while from <= text.count, try search(text, from: from, kind, findsGroups: true) {
      let found = range
      if found.isEmpty, found.lowerBound == lastEnd {
        from = Self.next(after: found.upperBound, in: text)
        continue
      }
      if !body(found) { return }
      lastEnd = found.upperBound
      from = found.upperBound
    }
  }

  /// Appends the text with all matches replaced; returns how many there were.
  public func replaceAll(
    in text: UnsafeBufferPointer<UInt8>,
    with template: ReplacementTemplate,
    appendingTo output: inout [UInt8]
  ) throws(MatchFailure) -> Int {
    var copied = 0
    var count = 0
    try forEachMatch(in: text) { found in
      output.append(contentsOf: text[copied..<found.lowerBound])
      template.append(to: &output, from: text) { self.group($0) }
      copied = found.upperBound
      count += 1
      return true
    }
    output.append(contentsOf: text[copied...])
    return count
  }

  /// Decides each value of a column: 1 where the pattern matches, else 0.
  ///
  /// Where the pattern needs a literal text, one pass over the column finds the values that have
  /// it, and only those are matched.
  public func search(
    _ column: TextColumn,
    into results: UnsafeMutablePointer<UInt8>
  ) throws(MatchFailure) {
    let count = column.views.count
    if let required = pattern.required {
      required.search(column, into: results)
      if !required.rulesOutAll(of: column) {
        for row in 0..<count where results[row] == 0 && !required.rulesOut(column.bytes(row)) {
          results[row] = try matches(column.bytes(row)) ? 1 : 0
        }
      }
      if required.isEnough { return }
    } else {
      results.update(repeating: 1, count: count)
    }
    for row in 0..<count where results[row] == 1 {
      results[row] = try matches(column.bytes(row)) ? 1 : 0
    }
  }

  /// Matches a value whatever literal it holds.
  private func matches(_ text: UnsafeBufferPointer<UInt8>) throws(MatchFailure) -> Bool {
    try search(text, from: 0, Self.kind(of: text), findsGroups: false)
  }

  /// The place at which to look on after an empty match.
  private static func next(after offset: Int, in text: UnsafeBufferPointer<UInt8>) -> Int {
    offset < text.count ? offset + UTF8Scalar(at: offset, in: text).width : offset + 1
  }
}

// MARK: One match

extension Matcher {
  /// Tells which form of the pattern suits a text.
  private static func kind(of text: UnsafeBufferPointer<UInt8>) -> Pattern.Form.Text {
    UTF8Text.isASCII(text) ? .ascii : UTF8Text.isValid(text) ? .unicode : .broken
  }

  /// Searches a text from a place on, and charges for what was looked at.
  private func search(
    _ text: UnsafeBufferPointer<UInt8>,
    from: Int,
    _ kind: Pattern.Form.Text,
    findsGroups: Bool
  ) throws(MatchFailure) -> Bool {
    var start = from
    while kind == .unicode, start < text.count, text[start] & 0xC0 == 0x80 { start += 1 }
    let isFound: Bool
    if from == 0, text.count > Self.costlyText, let required = pattern.required,
      !required.allLie(in: text), kind == .ascii || required.rulesOut(text)
    {
      return false
    }
    if text.count - start > Self.longText {
      isFound = try searchWindows(of: text, from: start, kind, findsGroups: findsGroups)
    } else {
      let code = try code(kind, findsGroups: findsGroups, boundsStart: false)
      isFound = try match(code, text, from: start, isBroken: kind == .broken)
    }
    let end = isFound ? group(0)?.upperBound ?? start : text.count
    try charge(16 + max(0, end - start) / 8)
    return isFound
  }

  /// Searches a long text window by window; a match starts in the window and may end beyond it.
  ///
  /// A pattern may look at all that follows from each place on, so the windows are the smaller
  /// the longer the text is.
  private func searchWindows(
    of text: UnsafeBufferPointer<UInt8>,
    from: Int,
    _ kind: Pattern.Form.Text,
    findsGroups: Bool
  ) throws(MatchFailure) -> Bool {
    let code = try code(kind, findsGroups: findsGroups, boundsStart: true)
    defer { pcre2_set_offset_limit_8(context, Int(bitPattern: UInt.max)) }
    let window = max(64, (1 << 26) / text.count)
    var start = from
    while start <= text.count {
      let last = min(start + window, text.count)
      pcre2_set_offset_limit_8(context, last)
      if try match(code, text, from: start, isBroken: kind == .broken) { return true }
      try charge(window * 16)
      start = last + 1
      while kind == .unicode, start < text.count, text[start] & 0xC0 == 0x80 { start += 1 }
    }
    return false
  }

  /// Runs the code once with few steps, then, if they do not suffice, with all of them.
  private func match(
    _ code: CompiledPattern,
    _ text: UnsafeBufferPointer<UInt8>,
    from: Int,
    isBroken: Bool
  ) throws(MatchFailure) -> Bool {
    var result = run(code, text, from: from, isBroken: isBroken, steps: Self.cheapStepLimit)
    if result == PCRE2_ERROR_MATCHLIMIT {
      try charge(Self.stepLimit)
      let steps = UInt32(Self.stepLimit)
      result = run(code, text, from: from, isBroken: isBroken, steps: steps)
    }
    switch result {
    case 0...: return true
    case PCRE2_ERROR_NOMATCH: return false
    case PCRE2_ERROR_MATCHLIMIT, PCRE2_ERROR_DEPTHLIMIT, PCRE2_ERROR_HEAPLIMIT,
      PCRE2_ERROR_JIT_STACKLIMIT:
      throw .limit(pattern: pattern.text)
    default: throw .library(pattern: pattern.text, code: Int(result))
    }
  }

  private func run(
    _ code: CompiledPattern,
    _ text: UnsafeBufferPointer<UInt8>,
    from: Int,
    isBroken: Bool,
    steps: UInt32
  ) -> Int32 {
    pcre2_set_match_limit_8(context, steps)
    return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 1) { empty in
      let base = text.baseAddress ?? UnsafePointer(empty.baseAddress)
      let count = text.count
      if code.hasNativeCode, !isBroken {
        let result = pcre2_jit_match_8(code.pointer, base, count, from, 0, data, context)
        if result != PCRE2_ERROR_JIT_STACKLIMIT { return result }
      }
      // The interpreter keeps its state on the heap, which is bounded too.
      let options = isBroken ? 0 : UInt32(PCRE2_NO_UTF_CHECK) | UInt32(PCRE2_NO_JIT)
      return pcre2_match_8(code.pointer, base, count, from, options, data, context)
    }
  }

  private func code(
    _ text: Pattern.Form.Text,
    findsGroups: Bool,
    boundsStart: Bool
  ) throws(MatchFailure) -> CompiledPattern {
    let kind = text == .ascii ? 0 : text == .unicode ? 1 : 2
    let index = kind * 4 + (findsGroups ? 2 : 0) + (boundsStart ? 1 : 0)
    if let code = codes[index] { return code }
    let form = Pattern.Form(text: text, findsGroups: findsGroups, boundsStart: boundsStart)
    let code = try pattern.code(form)
    codes[index] = code
    return code
  }

  /// Notes steps, and takes them from the budget when enough have come together.
  private func charge(_ steps: Int) throws(MatchFailure) {
    uncharged &+= steps
    if uncharged < 1 << 16 { return }
    let due = uncharged
    uncharged = 0
    try budget?.spend(due, on: pattern)
  }
}
