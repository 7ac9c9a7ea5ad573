/// What could stand at the cursor.
public struct Completions: Sendable, Equatable {
  /// One of the candidates.
  public struct Candidate: Sendable, Equatable {
    /// The bytes that replace the range.
    public let insertion: [UInt8]
    /// What the menu shows.
    public let label: [UInt8]
    /// A few words about it; may be empty.
    public let detail: [UInt8]

    /// Makes a candidate; the label is the insertion unless given.
    public init(insertion: String, label: String? = nil, detail: String = "") {
      self.insertion = Array(insertion.utf8)
      self.label = Array((label ?? insertion).utf8)
      self.detail = Array(detail.utf8)
    }
  }

  /// The bytes of the text that a candidate replaces, usually the word up to the cursor.
  public let range: Range<Int>
  /// The candidates in the order of the menu.
  public let candidates: [Candidate]

  /// Makes completions of a range.
  public init(range: Range<Int>, candidates: [Candidate]) {
    self.range = range
    self.candidates = candidates
  }

  /// Nothing to complete at `offset`.
  public static func none(at offset: Int) -> Completions {
    Completions(range: offset..<offset, candidates: [])
  }

  /// The longest start that all insertions share and that goes on from what is typed.
  ///
  /// Nil where it does not begin with the typed bytes (letter case aside) or adds nothing to them.
  func extensionOf(typed: ArraySlice<UInt8>) -> [UInt8]? {
    guard let first = candidates.first?.insertion else { return nil }
    var length = first.count
    for candidate in candidates.dropFirst() {
      length = min(length, zip(first, candidate.insertion).prefix { $0 == $1 }.count)
    }
    while length > 0, length < first.count, UTF8Scan.isContinuation(first[length]) { length -= 1 }
    let shared = first[..<length]
    guard shared.count >= typed.count, shared != typed else { return nil }
    let goesOn = zip(shared, typed).allSatisfy { ASCIIFolding.fold($0) == ASCIIFolding.fold($1) }
    return goesOn ? Array(shared) : nil
  }
}
