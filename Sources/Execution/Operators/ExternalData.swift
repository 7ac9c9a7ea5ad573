import Columnar
import QueryPlan
import SourceText

extension PlanCompiler {
  /// Runs `externaldata`: the environment reads the files.
  func compile(_ external: ExternalData) throws -> Flow {
    let request = ExternalDataRequest(
      columns: external.columns.map { ColumnSchema($0.name, $0.type) },
      uris: external.uris,
      properties: external.properties,
      range: external.span.range
    )
    let table = try context.tables.externalData(request)
    return flow(table.chunks, external.columns)
  }
}
