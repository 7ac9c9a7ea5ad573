extension Pattern {
  /// Makes the pattern of a search term with an asterisk within, as `search "Lab*PC"` has.
  ///
  /// `Lab*PC` is `\bLab.*PC\b`: each asterisk stands for any text within a line, and the ends
  /// lie at word boundaries unless an asterisk stands there.
  public static func wildcard(
    _ term: [UInt8],
    ignoresCase: Bool
  ) throws(PatternError) -> Pattern {
    let asterisk: UInt8 = 0x2A
    var source: [UInt8] = term.first == asterisk ? [] : Array("\\b".utf8)
    let pieces = term.split(separator: asterisk, omittingEmptySubsequences: true)
    for (index, piece) in pieces.enumerated() {
      if index > 0 { source += Array(".*".utf8) }
      source += Array(piece).withUnsafeBufferPointer(quote)
    }
    if term.last != asterisk { source += Array("\\b".utf8) }
    return try Pattern(source, options: ignoresCase ? [.ignoresCase] : [])
  }
}
