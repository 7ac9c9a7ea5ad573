import Columnar
import Execution
import FileAccess

/// Reads `externaldata` locations from files that the user named for them.
struct ExternalFiles: Sendable {
  /// File by location.
  private let files: [String: String]
  /// The most bytes of a text file that is read line by line.
  private static let textLimitBytes = 1 << 30

  init(_ files: [(String, String)]) {
    self.files = Dictionary(files, uniquingKeysWith: { _, last in last })
  }

  /// The rows behind a request, columns as declared; locations follow one another.
  func read(_ request: ExternalDataRequest) throws -> ColumnTable {
    var chunks: [Batch] = []
    for uri in request.uris {
      let path = try path(of: uri, request)
      do {
        chunks += try read(path, Self.format(uri, request), request).chunks
      } catch let failure as FileFailure {
        throw QueryFailure(.input, failure.description, range: request.range)
      } catch let failure as IngestionFailure {
        throw QueryFailure(.input, failure.description, range: request.range)
      }
    }
    return ColumnTable(schema: Schema(request.columns), chunks: chunks)
  }

  /// The file of a location; what follows a blob's `;` (its key) does not count.
  private func path(of uri: String, _ request: ExternalDataRequest) throws -> String {
    let bare = uri.split(separator: ";", omittingEmptySubsequences: false).first.map(String.init)
    if let path = files[uri] ?? bare.flatMap({ files[$0] }) { return path }
    if !uri.contains("://"), !uri.isEmpty { return uri }
    throw QueryFailure(
      .unsupported,
      "externaldata reads no network; name a file for '\(uri)' with --external '\(uri)=FILE'",
      range: request.range
    )
  }

  private func read(
    _ path: String,
    _ format: String,
    _ request: ExternalDataRequest
  ) throws -> ColumnTable {
    switch format {
    case "txt", "raw": return try readText(path, isWhole: format == "raw", request)
    case "csv", "scsv", "tsv", "json", "multijson": break
    default:
      throw QueryFailure(
        .unsupported,
        "externaldata does not read the format '\(format)' here",
        range: request.range
      )
    }
    var load = LoadRequest(table: "externaldata", paths: [path], columns: request.columns)
    load.format = format.hasSuffix("json") ? .json : format == "tsv" ? .tsv : .csv
    let skips = request.properties["ignoreFirstRecord"]?.lowercased() == "true"
    load.firstRecord = skips ? .skipped : .values
    let (table, _) = try TableLoader().load(load)
    let sources = request.columns.map { table.schema.index(of: $0.name) }
    let chunks = table.chunks.map { chunk in
      Batch(
        columns: zip(sources, request.columns).map { source, column in
          source.map { chunk.columns[$0] }
            ?? Vector(constant: .missing(column.type), count: chunk.count)
        },
        count: chunk.count
      )
    }
    return ColumnTable(schema: Schema(request.columns), chunks: chunks)
  }

  /// Each line, or the whole text, as the one column.
  private func readText(
    _ path: String,
    isWhole: Bool,
    _ request: ExternalDataRequest
  ) throws -> ColumnTable {
    guard let column = request.columns.first, request.columns.count == 1, column.type == .string
    else {
      throw QueryFailure(
        .evaluation,
        "externaldata reads text into one column of type string",
        range: request.range
      )
    }
    var bytes = try LocalFileSystem().readAll(path, limitBytes: Self.textLimitBytes)[...]
    let builder = TextBuilder()
    if isWhole {
      builder.append(Array(bytes))
    } else {
      if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes = bytes.dropFirst(3) }
      for line in bytes.split(separator: 0x0A) {
        builder.append(Array(line.last == 0x0D ? line.dropLast() : line))
      }
    }
    let values = builder.finish()
    return ColumnTable(
      schema: Schema(request.columns),
      chunks: [Batch(columns: [values], count: values.count)]
    )
  }

  /// The format as written, else by the location's ending, else CSV.
  private static func format(_ uri: String, _ request: ExternalDataRequest) -> String {
    if let format = request.properties["format"] { return format.lowercased() }
    let path = uri.split(separator: "?").first.map(String.init) ?? uri
    switch FileFormat(path: path) {
    case .json: return "multijson"
    case .tsv: return "tsv"
    case .csv: return "csv"
    case nil: return path.lowercased().hasSuffix(".txt") ? "txt" : "csv"
    }
  }
}
