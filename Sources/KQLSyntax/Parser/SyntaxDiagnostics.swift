import SourceText

/// Makes the diagnostics of lexer and parser.
///
/// Codes are Kusto's where the meaning is the same; `HR0nn` are Harrier's own.
enum SyntaxDiagnostics {
  /// How many findings one text may have in each of lexer and parser; what is beyond is not kept.
  static let limit = 200

  // MARK: Lexer

  static func unexpectedCharacter(_ bytes: ArraySlice<UInt8>, at span: SourceSpan) -> Diagnostic {
    let isText = String(validating: bytes, as: UTF8.self) != nil
    let first = CodePoint.decode(Array(bytes), at: 0)
    let shown =
      if isText, let scalar = first?.0 {
        scalar.properties.isDefaultIgnorableCodePoint || scalar.value < 0x20
          ? "control character U+" + String(scalar.value, radix: 16, uppercase: true)
          : "character '\(scalar)'"
      } else {
        "bytes that are not UTF-8"
      }
    return Diagnostic(
      "KS002",
      .error,
      "unexpected \(shown)",
      at: span,
      label: "not part of the language",
      help: "text belongs in a string literal",
      fixIts: [FixIt("remove it", span: span, replacement: "")]
    )
  }

  static func unclosedString(_ closer: String, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "KS001",
      .error,
      "string literal is not closed: missing \(closer)",
      at: span,
      label: closer.count == 3 ? "runs to the end of the text" : "runs to the end of the line",
      help: closer.count == 3
        ? nil : "a string of many lines is written between ``` and ```",
      fixIts: [FixIt("add \(closer)", span: .at(span.end), replacement: closer)]
    )
  }

  static func unclosedLiteral(at span: SourceSpan) -> Diagnostic {
    Diagnostic("KS001", .error, "literal is not closed: missing )", at: span, label: "opened here")
  }

  static func badEscape(at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "KS002",
      .error,
      "unknown escape sequence in a string literal",
      at: span,
      label: "no such escape",
      help:
        #"write \\ for a backslash, or begin the literal with @ to take backslashes as they are"#,
      fixIts: [
        FixIt("double the backslash", span: .at(span.start), replacement: "\\")
      ]
    )
  }

  // MARK: Parser

  static func expected(_ what: String, found: String, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "KS005",
      .error,
      "expected \(what), found \(found)",
      at: span,
      label: "expected \(what)"
    )
  }

  static func missing(
    _ what: String,
    found: String,
    at span: SourceSpan,
    keyword: String? = nil
  ) -> Diagnostic {
    guard let keyword else {
      return Diagnostic(
        "KS006",
        .error,
        "missing \(what), found \(found)",
        at: span,
        label: "missing \(what)"
      )
    }
    return Diagnostic(
      "KS006",
      .error,
      "missing \(what), found keyword '\(keyword)'",
      at: span,
      label: "missing \(what)",
      help: "if '\(keyword)' is a name here, write ['\(keyword)']",
      fixIts: [FixIt("bracket the name", span: span, replacement: "['\(keyword)']")]
    )
  }

  static func bracketedName(_ keyword: String, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "KS228",
      .error,
      "keyword '\(keyword)' is no name here",
      at: span,
      label: "needs brackets",
      help: "write ['\(keyword)']",
      fixIts: [FixIt("bracket the name", span: span, replacement: "['\(keyword)']")]
    )
  }

  static func unexpected(_ found: String, at span: SourceSpan, help: String?) -> Diagnostic {
    Diagnostic(
      "KS198",
      .error,
      "unexpected \(found)",
      at: span,
      label: "not understood",
      help: help
    )
  }

  static func operatorExpected(
    _ found: String,
    at span: SourceSpan,
    suggestion: String?
  ) -> Diagnostic {
    Diagnostic(
      "KS176",
      .error,
      "expected a query operator, found \(found)",
      at: span,
      label: "no query operator",
      help: suggestion.map { "did you mean '\($0)'?" },
      fixIts: suggestion.map { [FixIt("change to '\($0)'", span: span, replacement: $0)] } ?? []
    )
  }

  static func missingSemicolon(at offset: Int, found: String) -> Diagnostic {
    Diagnostic(
      "KS005",
      .error,
      "expected ';' between statements, found \(found)",
      at: .at(offset),
      label: "expected ';'",
      fixIts: [FixIt("add ';'", span: .at(offset), replacement: ";")]
    )
  }

  static func rawGuid(_ text: String, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "KS214",
      .error,
      "a guid without guid(…) is not allowed here",
      at: span,
      label: "write guid(…)",
      fixIts: [FixIt("write guid(…)", span: span, replacement: "guid(\(text))")]
    )
  }

  static func misplacedDirective(at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "KS198",
      .error,
      "a directive is not allowed here",
      at: span,
      label: "not understood",
      help: "directives stand before the first statement; a comment starts with //"
    )
  }

  static func unknownType(
    _ found: String,
    at span: SourceSpan,
    suggestion: String?
  ) -> Diagnostic {
    Diagnostic(
      "KS160",
      .error,
      "\(found) is not a type",
      at: span,
      label: "no such type",
      help: suggestion.map { "did you mean '\($0)'?" }
        ?? "types are bool, datetime, decimal, dynamic, guid, int, long, real, string, timespan",
      fixIts: suggestion.map { [FixIt("change to '\($0)'", span: span, replacement: $0)] } ?? []
    )
  }

  static func managementCommand(_ command: String, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "HR002",
      .error,
      "management command '\(command)' is not a query",
      at: span,
      label: "management commands are not run",
      help:
        "a query starts with a table, a source such as 'datatable', or an operator such as 'print'"
    )
  }

  static func tooDeep(_ cap: Int, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "HR001",
      .error,
      "nested more than \(cap) levels deep",
      at: span,
      label: "not read from here",
      help: "split the query with let statements"
    )
  }
}
