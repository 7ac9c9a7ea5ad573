import Synchronization

/// A regular expression, compiled once and shared by all threads.
///
/// Texts that are all ASCII are matched byte by byte by a form of their own; the forms are made
/// when they are first needed.
public final class Pattern: Sendable {
  /// What a pattern is told from outside.
  public struct Options: OptionSet, Sendable {
    public let rawValue: Int

    public init(rawValue: Int) {
      self.rawValue = rawValue
    }

    /// As if the pattern began with `(?i)`.
    public static let ignoresCase = Options(rawValue: 1)
    /// As if the pattern began with `(?s)`.
    public static let dotMatchesLineFeed = Options(rawValue: 2)
  }

  /// A form of the pattern: for which texts and which questions.
  struct Form: Hashable {
    enum Text { case ascii, unicode, broken }
    var text: Text
    /// True where positions and groups are asked for, not just whether there is a match.
    var findsGroups: Bool
    /// True where the start of a match is bounded from outside.
    var boundsStart: Bool
  }

  /// The pattern as it was given.
  public let bytes: [UInt8]
  /// The number of capture groups; group 0, the whole match, is not counted.
  public let captureCount: Int
  /// The name of each capture group from group 1 on, nil where it has none.
  public let captureNames: [String?]

  /// What to look for before matching; nil where nothing is worth it.
  let required: RequiredText?
  /// What every match holds.
  let literals: RegexLiterals

  private let tree: RegexNode
  private let testTree: RegexNode
  private let forms = Mutex<[Form: CompiledPattern]>([:])

  /// Parses and compiles a pattern.
  ///
  /// - Throws: `PatternError` with the place in the pattern and what to do.
  public init(_ bytes: [UInt8], options: Options = []) throws(PatternError) {
    self.bytes = bytes
    let parsed = try RegexParser.parse(bytes, options: options)
    tree = parsed.root
    testTree = RegexLiterals.withoutOptionalEnds(parsed.root)
    captureNames = parsed.captureNames
    captureCount = parsed.captureNames.count
    literals = RegexLiterals(testTree)
    required = RequiredText(literals)
    // The form that is needed in any case also shows whether the library takes the pattern.
    _ = try compiled(Form(text: .unicode, findsGroups: true, boundsStart: false))
  }

  /// The pattern as text, for messages; long ones are cut.
  public var text: String {
    let shown = String(decoding: bytes.prefix(200), as: UTF8.self)
    return bytes.count > 200 ? shown + "..." : shown
  }

  /// The number of the group with a name, or nil.
  public func group(named name: String) -> Int? {
    captureNames.firstIndex { $0?.utf8.elementsEqual(name.utf8) ?? false }.map { $0 + 1 }
  }

  /// Quotes a text so that it matches itself, as `regex_quote` does.
  public static func quote(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    var quoted: [UInt8] = []
    quoted.reserveCapacity(text.count * 2)
    for byte in text {
      if metaCharacters.contains(byte) { quoted.append(0x5C) }
      quoted.append(byte)
    }
    return quoted
  }

  /// The characters that mean something in a pattern.
  private static let metaCharacters = Set(#"\.+*?()|[]{}^$#&-~"#.utf8)

  /// The code of a form; made at its first use.
  func code(_ form: Form) throws(MatchFailure) -> CompiledPattern {
    do {
      return try compiled(form)
    } catch {
      throw .library(pattern: text, code: -1)
    }
  }

  private func compiled(_ form: Form) throws(PatternError) -> CompiledPattern {
    if let known = forms.withLock({ $0[form] }) { return known }
    let printed = RegexPrinter.printed(
      form.findsGroups ? tree : testTree,
      for: form.text == .ascii ? .ascii : .unicode,
      keepingCaptures: form.findsGroups
    )
    guard let printed else { throw .tooLarge(at: 0) }
    var options: CompiledPattern.Options = form.text == .ascii ? [] : [.unicode]
    if form.text == .broken { options.insert(.brokenText) }
    if form.boundsStart { options.insert(.boundedStart) }
    switch CompiledPattern.compile(printed, options) {
    case .success(let code):
      forms.withLock { $0[form] = code }
      return code
    case .failure(120), .failure(135), .failure(187):
      throw .tooLarge(at: 0)
    case .failure(let number):
      throw PatternError(
        "the pattern cannot be compiled (code \(number))",
        at: 0,
        advice: "simplify it"
      )
    }
  }
}
