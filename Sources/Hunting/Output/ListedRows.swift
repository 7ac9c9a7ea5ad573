public import Execution

/// What is shown of things, as people and as programs read it.
public struct ListedRows: Sendable {
  /// Cells that are read: counts in words, lists with commas.
  public let people: QueryResult
  /// Fields with their types: numbers, times, arrays, objects.
  public let programs: QueryResult

  public init(people: QueryResult, programs: QueryResult) {
    self.people = people
    self.programs = programs
  }

  /// The rows to write in a format.
  public func rows(for format: ResultFormat) -> QueryResult {
    switch format {
    case .json, .ndjson: programs
    case .table, .csv, .tsv, .markdown: people
    }
  }
}
