import Columnar
import Hunting
import KQLBinding
import QueryPlan
import SourceText
import Testing

/// What `explain` prints of plans over many tables.
struct ExplanationTests {
  private func explain(_ text: String) throws -> [String] {
    let engine = HuntingEngine()
    let checked = engine.check(SourceText(text))
    #expect(checked.diagnostics.isEmpty)
    let plan = try #require(checked.bound.results.first?.plan)
    return [plan, engine.optimized(plan)].map(PlanText.describe)
  }

  @Test(
    "many tables that are read alike take one line",
    arguments: ["search *", "search 'mimikatz' and not('test')", "search kind=case_sensitive 7"]
  )
  func searching(text: String) throws {
    let tables = HuntingEngine().check(SourceText(text)).bound.results.first?.plan.inputs.count
    for plan in try explain(text) {
      #expect(plan.utf8.count < 4000, "\(plan.prefix(4000))")
      let lines = plan.split(separator: "\n")
      #expect(lines.count <= 20)
      let counts = lines.compactMap { line -> Int? in
        let words = line.split(separator: " ")
        guard let place = words.firstIndex(of: "scan"), words.count > place + 2 else { return nil }
        return words[place + 1] == "of" ? Int(words[place + 2]) : 1
      }
      #expect(counts.reduce(0, +) == tables)
    }
  }

  @Test("tables that are read otherwise are told apart") func different() throws {
    let plans = try explain("union Device* | where Timestamp > ago(1d) | count")
    let filters = plans[1].split(separator: "\n").filter { $0.contains("filter") }
    #expect(filters.contains { $0.contains("GreaterThan(Timestamp") })
    #expect(filters.contains { $0.contains("GreaterThan(datetime(null)") })
  }

  @Test("a test over many columns is printed once") func repeated() throws {
    let plan = try explain("DeviceProcessEvents | search 'x'")[1]
    #expect(plan.contains(": Has(·, 'x')"))
    #expect(plan.contains(" more: Has"))
    let few = try explain("datatable(a: string, b: string)['x', 'y'] | search 'x'")[0]
    #expect(few.contains("Or(Has(a, 'x'), Has(b, 'x'))"))
  }

  @Test("few legs are printed each") func fewLegs() throws {
    let plan = try explain("union DeviceInfo, DeviceEvents | count")[1]
    #expect(plan.contains("scan DeviceInfo") && plan.contains("scan DeviceEvents"))
  }
}
