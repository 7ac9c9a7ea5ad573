public import Columnar

/// The rows of a run of lines, as columns.
///
/// Chunks come in the order of the input and hold what is theirs alone: dictionaries are those of
/// the chunk.
public struct IngestedChunk: Sendable {
  public let table: String
  public let path: String
  public let rowCount: Int
  /// The columns that the rows have: those of the table in its order, then others in the order
  /// in which they appear.
  public let columns: [IngestedColumn]
  /// The names of all columns that the table was known to have before its files were read.
  let knownNames: [String]
  /// The lines that could not be used, all of them.
  public let rejectedLines: [RejectedLine]
  public let cellProblems: [CellProblem]
  /// Streamed events of other tables, which were passed over.
  public let foreignEventCount: Int
  /// Byte sequences that were no UTF-8, each replaced by U+FFFD.
  public let replacedSequenceCount: Int
  /// Bytes of the text that the chunk was read from.
  public let textBytes: Int
  /// How its lines were read.
  let reading: LetterReading
  /// The chunks of the tables to which events of a stream went.
  public let routed: [IngestedChunk]

  /// The names and types of the columns.
  public var schema: Schema { Schema(columns.map { ColumnSchema($0.name, $0.vector.type) }) }

  /// The rows.
  public var batch: Batch { Batch(columns: columns.map(\.vector), count: rowCount) }
}

/// A column of a chunk.
public struct IngestedColumn: Sendable {
  public let name: String
  /// The values; strings where the type is inferred.
  public let vector: Vector
  /// The place among the columns that were known before the files were read; nil for others.
  public let declaredIndex: Int?
  /// Whether any row has the column; false for a name of a delimited file above empty fields.
  public let hasValues: Bool
  /// The line where a column appears that was not known before.
  let firstLine: Int
  /// What the values could be besides strings; nil where the type was known.
  let candidates: TypeCandidates?

  /// The type that fits all values of the chunk, where the type was not known.
  public var inferredType: ScalarType? { candidates?.type }
}

/// A line that could not be used, with its bytes.
public struct RejectedLine: Sendable, Equatable {
  /// From 1.
  public let line: Int
  /// Where it begins in the text of the file, after expansion and without a byte order mark; nil
  /// where that is not known since bytes that are no UTF-8 stand before it.
  public let offset: Int?
  /// The bytes without the line end; only the first of them where the line is too long.
  public let bytes: [UInt8]
  public let reason: String
}

/// Takes the chunks of the files of a table.
public protocol ChunkConsumer: AnyObject {
  /// Takes a chunk; called by one thread at a time, not always the same, in the order of the
  /// input.
  func take(_ chunk: IngestedChunk) throws

  /// Hears that the file of the last chunks has ended.
  func endFile() throws
}
