/// What became of a batch.
public struct IngestionOutcome: Sendable, Equatable {
  /// False where the batch had been ingested before: nothing was added, the counts are its own.
  public let isNew: Bool
  /// Rows that are in tables.
  public let acceptedRows: Int64
  /// Lines that are in files of dead letters.
  public let deadLetters: Int64
  /// When the rows became visible, in ticks.
  public let ingestedTicks: Int64
}
