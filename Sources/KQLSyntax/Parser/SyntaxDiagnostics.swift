import SourceText

/// Makes the diagnostics of lexer and parser.
///
/// Codes are Kusto's where the meaning is the same; `HR0nn` are Harrier's own.
enum SyntaxDiagnostics {
  /// How many findings one text may have in each of lexer and parser; what is beyond is not kept.
  static let limit = 200

  // MARK: Lexer

  static func unexpectedCharacter(_ bytes: [UInt8], at span: SourceSpan) -> Diagnostic {
    if let (straight, name) = typographic(bytes) {
      return Diagnostic(
        "KS002",
        .error,
        "unexpected \(name) from a word processor",
        at: span,
        label: "not part of the language",
        help: "write \(straight)",
        fixIts: [FixIt("change to \(straight)", span: span, replacement: straight)]
      )
    }
    if bytes.elementsEqual("&&".utf8) {
      return foreignSyntax(
        "'&&'",
        at: span,
        help: "conditions are joined by 'and'",
        replacement: "and",
        code: "KS002"
      )
    }
    return Diagnostic(
      "KS002",
      .error,
      "unexpected \(describe(bytes))",
      at: span,
      label: "not part of the language",
      help: "text belongs in a string literal",
      fixIts: [FixIt("remove it", span: span, replacement: "")]
    )
  }

  private static func describe(_ bytes: [UInt8]) -> String {
    guard String(validating: bytes, as: UTF8.self) != nil,
      let scalar = CodePoint.decode(bytes, at: 0)?.0
    else { return "bytes that are not UTF-8" }
    guard scalar.properties.isDefaultIgnorableCodePoint || scalar.value < 0x20 else {
      return "character '\(scalar)'"
    }
    return "control character U+" + String(scalar.value, radix: 16, uppercase: true)
  }

  /// The plain form of a quote or dash that a word processor put in, and what it is called.
  private static func typographic(_ bytes: [UInt8]) -> (straight: String, name: String)? {
    guard let (scalar, length) = bytes.isEmpty ? nil : CodePoint.decode(bytes, at: 0),
      length == bytes.count
    else { return nil }
    switch scalar.value {
    case 0x201C, 0x201D, 0x201E: return ("\"", "quote")
    case 0x2018, 0x2019, 0x201A: return ("'", "quote")
    case 0x2010...0x2015, 0x2212: return ("-", "dash")
    default: return nil
    }
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

  static func unclosedBracket(
    _ bracket: String,
    found: String,
    at span: SourceSpan,
    help: String
  ) -> Diagnostic {
    Diagnostic(
      "KS005",
      .error,
      "expected '\(bracket)', found \(found)",
      at: span,
      label: "expected '\(bracket)'",
      help: help
    )
  }

  static func missingComma(found: String, at offset: Int) -> Diagnostic {
    Diagnostic(
      "KS005",
      .error,
      "expected ',' before \(found)",
      at: .at(offset),
      label: "expected ','",
      fixIts: [FixIt("add ','", span: .at(offset), replacement: ",")]
    )
  }

  static func missingBar(found: String, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "KS005",
      .error,
      "expected '|' before operator \(found)",
      at: span,
      label: "expected '|'",
      help: "operators are joined by '|'",
      fixIts: [FixIt("add '|'", span: .at(span.start), replacement: "| ")]
    )
  }

  static func foreignSyntax(
    _ found: String,
    at span: SourceSpan,
    help: String,
    replacement: String?,
    code: String = "KS198"
  ) -> Diagnostic {
    Diagnostic(
      code,
      .error,
      "unexpected \(found)",
      at: span,
      label: "not understood",
      help: help,
      fixIts: replacement.map {
        [FixIt("change to '\($0)'", span: span, replacement: $0)]
      } ?? []
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
        label: "missing \(what)",
        help: found == "'!'" ? "negation is 'not(…)', or '!' right before an operator" : nil
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

  static func operatorNeedsTable(_ found: String, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "KS174",
      .error,
      "operator \(found) cannot begin a query",
      at: span,
      label: "needs a table before it",
      help: "write the table and '|' before the operator"
    )
  }

  static func operatorTakesNoTable(_ found: String, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "KS175",
      .error,
      "operator \(found) can only begin a query",
      at: span,
      label: "takes no table",
      help: "to add columns use 'extend'"
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
