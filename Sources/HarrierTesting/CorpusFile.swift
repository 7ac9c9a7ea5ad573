/// A test file of tables, queries and what they must give.
///
/// Blocks are separated by blank lines; `#` starts a comment line. Cells of a row are separated
/// by two or more blanks; a text that could be misread is written as a JSON string, null as
/// `null`.
///
///     table Procs (Name: string, Count: long)
///     a  3
///     b  1
///
///     query ordered
///     Procs | top 1 by Count
///     ----
///     Name:string  Count:long
///     a            3
///
///     error KS106
///     Procs | top "x" by Count
///                 ~~~
///
///     failure unsupported
///     Procs | reduce by Name
public struct CorpusFile: Sendable {
  /// A table that the queries below may read.
  public struct Table: Sendable {
    public let name: String
    /// Column names and type names.
    public let columns: [(name: String, type: String)]
    public let rows: [[String]]
  }

  /// What a query must do.
  public enum Expectation: Sendable {
    /// Lines of the result: header, then rows.
    case rows([String], isOrdered: Bool)
    /// A diagnostic's code and the bytes of the query that it marks, if given.
    case diagnostic(code: String, span: Range<Int>?)
    /// A failure at run time, by kind.
    case failure(kind: String)
  }

  /// One query and its place in the file.
  public struct Case: Sendable {
    /// One-based line of the block.
    public let line: Int
    public let query: String
    public let expectation: Expectation
    /// Lines of the file that hold the expected rows, for recording.
    public let expectedLines: Range<Int>
  }

  public private(set) var tables: [Table] = []
  public private(set) var cases: [Case] = []
  /// All lines, for recording.
  public let lines: [String]

  /// Reads a file; throws where a block is not understood.
  public init(_ text: String) throws {
    lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    var index = 0
    while index < lines.count {
      let line = lines[index]
      if line.isEmpty || line.hasPrefix("#") {
        index += 1
        continue
      }
      let end = lines[index...].firstIndex(of: "") ?? lines.count
      try add(Array(lines[index..<end]), at: index)
      index = end
    }
  }

  private mutating func add(_ block: [String], at start: Int) throws {
    let words = block[0].split(separator: " ").map(String.init)
    switch words.first {
    case "table": tables.append(try Self.table(block))
    case "query":
      let cut = block.firstIndex(of: "----") ?? block.count
      let expected = Array(block.dropFirst(cut + 1))
      cases.append(
        Case(
          line: start + 1,
          query: block[1..<cut].joined(separator: "\n"),
          expectation: .rows(expected, isOrdered: words.contains("ordered")),
          expectedLines: min(start + cut + 1, start + block.count)..<(start + block.count)
        )
      )
    case "error" where words.count > 1:
      let (query, span) = Self.marked(Array(block.dropFirst()))
      cases.append(
        Case(
          line: start + 1,
          query: query,
          expectation: .diagnostic(code: words[1], span: span),
          expectedLines: start..<start
        )
      )
    case "failure" where words.count > 1:
      cases.append(
        Case(
          line: start + 1,
          query: block.dropFirst().joined(separator: "\n"),
          expectation: .failure(kind: words[1]),
          expectedLines: start..<start
        )
      )
    default:
      throw CorpusFailure("line \(start + 1): a block starts with table, query, error or failure")
    }
  }

  /// A query whose lines of `~` mark what the diagnostic is about.
  private static func marked(_ lines: [String]) -> (String, Range<Int>?) {
    var query: [String] = []
    var span: Range<Int>?
    var offset = 0
    for line in lines {
      let body = line.drop { $0 == " " }
      if body.hasPrefix("~"), !query.isEmpty {
        let column = line.count - body.count
        let start = offset - (query[query.count - 1].utf8.count + 1) + column
        span = start..<(start + body.prefix { $0 == "~" }.count)
      } else {
        query.append(line)
        offset += line.utf8.count + 1
      }
    }
    return (query.joined(separator: "\n"), span)
  }

  private static func table(_ block: [String]) throws -> Table {
    guard let open = block[0].firstIndex(of: "("), let close = block[0].lastIndex(of: ")") else {
      throw CorpusFailure("a table is declared as: table Name (column: type, …)")
    }
    let name = block[0][..<open].dropFirst("table".count).filter { $0 != " " }
    let columns = block[0][block[0].index(after: open)..<close].split(separator: ",").map {
      let parts = $0.split(separator: ":").map { String($0.filter { $0 != " " }) }
      return (name: parts[0], type: parts.count > 1 ? parts[1] : "string")
    }
    return Table(
      name: String(name),
      columns: columns,
      rows: block.dropFirst().map { Cells.split($0) }
    )
  }
}

/// Why a test file cannot be used.
public struct CorpusFailure: Error, CustomStringConvertible {
  public let description: String

  public init(_ description: String) { self.description = description }
}
