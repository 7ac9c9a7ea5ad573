import Columnar
import KQLBinding
import QueryPlan
import KQLSyntax
import SourceText
import Testing

/// Shapes of bound plans that execution relies on.
struct PlanTests {
  private func plan(_ text: String) throws -> Plan {
    let bound = Bound(text)
    #expect(bound.codes == [])
    return try #require(bound.query.plan)
  }

  /// An expression as text: `Equal(tolong(x), 1)`.
  private func text(_ expression: Expression) -> String {
    switch expression {
    case .literal(let value): "\(value.type.name)"
    case .column(_, let type): "#\(type.name)"
    case .call(let call): "\(call.function)(\(call.arguments.map(text).joined(separator: ", ")))"
    case .scalarSubquery: "subquery"
    case .membership(let test): "\(test.function)[\(text(test.operand))]"
    }
  }

  private func predicate(_ condition: String) throws -> String {
    guard case .filter(let filter) = try plan("Logons | where \(condition)") else { return "none" }
    return text(filter.predicate)
  }

  @Test("operands of operators meet in one type") func conversions() throws {
    #expect(try predicate("Count > 1.5") == "GreaterThan(todouble(#long), real)")
    #expect(try predicate("Timestamp == '2024-01-01'") == "Equal(#datetime, todatetime(string))")
    #expect(
      try predicate("Details.a has 'x'") == "Has(tostring(Member(#dynamic, string)), string)"
    )
    #expect(
      try predicate("Count == 1 and Count == 2 or Details.b")
        == "Or(And(Equal(#long, long), Equal(#long, long)), tobool(Member(#dynamic, string)))"
    )
    #expect(
      try predicate("Timestamp between (now() .. 1d)")
        == "Between(#datetime, now(), Add(now(), timespan))"
    )
    #expect(try predicate("DeviceName in (Devices)") == "In[#string]")
    #expect(try predicate("DeviceName in~ ('a', 'b')") == "InCs(#string, string, string)")
    #expect(try predicate("Count in (1, 2.5)") == "In(todouble(#long), real, real)")
  }

  @Test("plain aggregates need no projection above") func plainAggregates() throws {
    guard case .summarize(let plain) = try plan("Logons | summarize n = count(), max(Count)") else {
      Issue.record("not a summary")
      return
    }
    #expect(plain.columns.map(\.name) == ["n", "max_Count"])
    guard case .project(let project) = try plan("Logons | summarize n = sum(Count) / count()"),
      case .summarize(let below) = project.input
    else {
      Issue.record("not a projection over a summary")
      return
    }
    #expect(below.aggregates.map(\.function) == ["sum", "count"])
  }

  @Test("every use of a table let has columns of its own") func sharedTables() throws {
    guard case .join(let join) = try plan("let T = Devices; T | join T on DeviceName"),
      case .shared(let left) = join.left, case .shared(let right) = join.right
    else {
      Issue.record("not a join of shared tables")
      return
    }
    #expect(left.shared.id == right.shared.id)
    #expect(Set(left.columns.map(\.id)).isDisjoint(with: right.columns.map(\.id)))
    #expect(Set(join.columns.map(\.id)).count == 4)
  }

  @Test("window functions make a window of a serialized input") func windows() throws {
    guard case .window(let window) = try plan("Logons | sort by Count | extend prev(Count)") else {
      Issue.record("not a window")
      return
    }
    #expect(window.columns.last?.name == "Column1")
  }

  @Test("a scalar let is copied, a subquery runs once") func scalarLets() throws {
    let text = "let r = rand(); let n = toscalar(Devices | count); print r, r, n, n"
    guard case .project(let project) = try plan(text) else { return }
    let ids = project.expressions.compactMap { named -> Int? in
      if case .scalarSubquery(let query) = named.expression { query.id } else { nil }
    }
    #expect(ids.count == 2 && Set(ids).count == 1)
    #expect(project.expressions.prefix(2).allSatisfy { self.text($0.expression) == "rand()" })
  }

  @Test("what does not run is refused by name") func refusals() throws {
    guard case .refused(let refused) = try plan("Logons | reduce by DeviceName") else {
      Issue.record("not refused")
      return
    }
    #expect(refused.what == "reduce")
  }
}
