import CPCRE2

/// A pattern as the matching library compiled it; immutable, so threads may share it.
final class CompiledPattern: @unchecked Sendable {
  struct Options: OptionSet {
    let rawValue: Int
    /// The pattern and the texts are UTF-8 and its properties are Unicode's.
    static let unicode = Options(rawValue: 1)
    /// Texts may be broken UTF-8, of which no part matches anything.
    static let brokenText = Options(rawValue: 2)
    /// The start of a match may be bounded.
    static let boundedStart = Options(rawValue: 4)
  }

  enum Outcome {
    case success(CompiledPattern)
    /// The library's code for what is wrong; positive.
    case failure(Int)
  }

  let pointer: OpaquePointer
  /// True where native code was made; else the library interprets.
  let hasNativeCode: Bool

  private init(_ pointer: OpaquePointer) {
    self.pointer = pointer
    hasNativeCode = pcre2_jit_compile_8(pointer, UInt32(PCRE2_JIT_COMPLETE)) == 0
  }

  deinit { pcre2_code_free_8(pointer) }

  static func compile(_ source: [UInt8], _ options: Options) -> Outcome {
    var bits = UInt32(PCRE2_DOLLAR_ENDONLY) | UInt32(PCRE2_NEVER_BACKSLASH_C)
    bits |= UInt32(PCRE2_ALT_CIRCUMFLEX)
    if options.contains(.unicode) { bits |= UInt32(PCRE2_UTF) | UInt32(PCRE2_UCP) }
    if options.contains(.brokenText) { bits |= UInt32(PCRE2_MATCH_INVALID_UTF) }
    if options.contains(.boundedStart) { bits |= UInt32(PCRE2_USE_OFFSET_LIMIT) }
    guard let context = pcre2_compile_context_create_8(nil) else { return .failure(121) }
    defer { pcre2_compile_context_free_8(context) }
    pcre2_set_newline_8(context, UInt32(PCRE2_NEWLINE_LF))
    pcre2_set_parens_nest_limit_8(context, 2000)
    var code: Int32 = 0
    var offset = 0
    let compiled = source.withUnsafeBufferPointer { bytes in
      pcre2_compile_8(bytes.baseAddress, bytes.count, bits, &code, &offset, context)
    }
    guard let compiled else { return .failure(Int(code)) }
    return .success(CompiledPattern(compiled))
  }
}
