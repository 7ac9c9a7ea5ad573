public import Columnar
public import FileAccess

/// Loads files into tables in memory.
public struct TableLoader: Sendable {
  private let files: any FileSystem
  private let randomness: any Randomness
  private let limits: LoadLimits

  /// Makes a loader.
  ///
  /// - Parameter randomness: seeds the hash tables, so that data cannot be made to collide.
  public init(
    files: any FileSystem = LocalFileSystem(),
    randomness: any Randomness = SystemRandomness(),
    limits: LoadLimits = LoadLimits()
  ) {
    self.files = files
    self.randomness = randomness
    self.limits = limits
  }

  /// Loads the files of a request into one table.
  ///
  /// Lines that cannot be used are in the report, and the others are used. Throws `FileFailure`
  /// or `IngestionFailure` where a file cannot be used as a whole, and what `limits.charge`
  /// throws.
  public func load(_ request: LoadRequest) throws -> (table: ColumnTable, report: IngestionReport) {
    let outline = TableOutline(request)
    let seed = randomness.nextUInt64()
    let assembler = TableAssembler(outline, limits: limits, seed: seed)
    let ingestion = FileIngestion(files: files, randomness: randomness, limits: limits)
    try ingestion.read(request, outline, seed: seed, into: assembler)
    let (table, report) = try assembler.finish()
    if table.schema.columns.isEmpty {
      throw IngestionFailure(
        request.paths.first ?? "-",
        "there are no rows, so the columns of '\(request.table)' are unknown; "
          + "state them as in \(request.table)(Name:string, Count:long)=FILE"
      )
    }
    return (table, report)
  }
}
