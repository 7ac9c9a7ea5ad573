import Columnar
import Hunting
import Testing

/// Rows that are put together by the names of their cells.
struct RowBuilderTests {
  private let schema = Schema([ColumnSchema("A", .long), ColumnSchema("B", .dynamic)])

  @Test("cells that are not there are null, those without a column are left out") func missing()
    throws
  {
    var builder = RowBuilder(schema)
    builder.append(["A": .long(1), "C": .long(2)])
    #expect(try builder.table.rowCount == 1)
  }

  @Test("a cell of another type than its column is no null but a failure") func mismatch() {
    var builder = RowBuilder(schema)
    builder.append(["B": .string(ByteString("{}"))])
    builder.append(["A": .long(1)])
    #expect(throws: QueryFailure.self) { try builder.table }
  }
}
