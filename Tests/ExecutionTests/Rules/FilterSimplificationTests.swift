import Columnar
import QueryPlan
import Testing

/// Which conditions are decided before a row is read.
struct FilterSimplificationTests {
  private static let columns = testColumns([
    .bool, .int, .long, .real, .decimal, .datetime, .timespan, .guid, .string, .dynamic,
  ])
  private static let scan = Plan.scan(TableScan(table: "T", columns: columns, span: nowhere))

  /// The types whose text form may hold a needle, as the optimizer sees it.
  private static func searched(_ function: String, _ needle: String) -> [String] {
    columns.compactMap { column in
      let condition = call(
        function,
        [call("tostring", [column.reference], .string), text(needle)],
        .bool
      )
      return optimized(condition) == "values 0" ? nil : column.type.name
    }
  }

  /// The operator that a filter over the scan becomes.
  private static func optimized(_ condition: Expression) -> String {
    Optimizer.optimize(.filter(Filter(input: scan, predicate: condition))).node.title
  }

  @Test("a needle is looked for only in texts that may hold it")
  func alphabets() {
    let everywhere = ["bool", "int", "long", "real", "decimal", "datetime", "timespan", "guid"]
    let texts = ["string", "dynamic"]
    #expect(Self.searched("Has", "mimikatz") == texts)
    #expect(Self.searched("Contains", "dead") == ["guid"] + texts)
    #expect(Self.searched("Has", "TRUE") == ["bool"] + texts)
    #expect(Self.searched("HasPrefix", "12") == everywhere.dropFirst() + texts)
    #expect(Self.searched("EndsWithCs", "Z") == ["datetime"] + texts)
    #expect(Self.searched("Has", "1e+16") == ["real", "decimal"] + texts)
    #expect(Self.searched("Has", "NaN") == ["real", "decimal"] + texts)
    #expect(Self.searched("Contains", ":30") == ["datetime", "timespan"] + texts)
    #expect(Self.searched("Contains", "") == everywhere + texts)
    #expect(Self.searched("Contains", "\u{17F}") == everywhere + texts)
    #expect(
      Self.searched("Contains", String(repeating: "1", count: 30))
        == ["real", "decimal", "guid"] + texts
    )
  }

  @Test("a needle that cannot be found makes the negation true")
  func negations() {
    let form = call("tostring", [Self.columns[2].reference], .string)
    for function in ["NotHas", "NotContainsCs", "NotStartsWith", "BangTilde"] {
      #expect(Self.optimized(call(function, [form, text("x")], .bool)) == "scan T")
    }
    let holds = call("Has", [form, text("x")], .bool)
    #expect(Self.optimized(call("not", [holds], .bool)) == "scan T")
  }

  @Test("operands that decide nothing are left out")
  func logic() {
    let open = Self.columns[0].reference
    let yes = Expression.literal(.bool(true))
    let no = Expression.literal(.bool(false))
    let null = Expression.literal(.null(.bool))
    #expect(Self.optimized(call("Or", [no, no], .bool)) == "values 0")
    #expect(Self.optimized(call("Or", [open, null, yes], .bool)) == "scan T")
    #expect(Self.optimized(call("And", [open, null, no], .bool)) == "values 0")
    #expect(Self.optimized(call("And", [yes, call("Or", [no, yes], .bool)], .bool)) == "scan T")
    #expect(Self.optimized(call("Or", [no, null], .bool)) == "filter")
  }
}
