import Columnar
import Hunting
import KQLBinding
import QueryPlan
import SourceText
import Testing

/// What rules make of plans, as `explain` prints it.
struct PlanRulesTests {
  private static let table = """
    let T = datatable(A: dynamic, B: string, N: long)[
      dynamic({"x": 1, "y": "b"}), "Hello", 1,
      dynamic({"x": 2, "y": "c"}), "World", 2,
      dynamic({"x": 2}), "hello", 3];

    """

  private func optimized(_ text: String) throws -> [String] {
    let engine = HuntingEngine()
    let checked = engine.check(SourceText(Self.table + text))
    #expect(checked.diagnostics.isEmpty)
    let plan = try #require(checked.bound.results.first?.plan)
    return PlanText.describe(engine.optimized(plan)).split(separator: "\n").map(String.init)
  }

  private func count(_ part: String, in lines: [String]) -> Int {
    lines.reduce(0) { $0 + $1.ranges(of: part).count }
  }

  @Test(
    "what expressions have in common is computed once",
    arguments: [
      ("T | extend a = strcat(toupper(B), '1') | extend b = strlen(toupper(B))", "toupper", 1),
      (
        "T | summarize x = dcount(tolower(B)), y = make_set(tolower(B)) by tolower(B)", "tolower", 1
      ),
      // Part of one common part only, and part of two.
      (
        "T | project a = strcat(strrep(toupper(B), 2), strrep(toupper(B), 2))", "toupper", 1
      ),
      (
        """
        T | project a = strcat(strrep(toupper(B), 2), strrep(toupper(B), 2)),
          b = strcat(reverse(toupper(B)), reverse(toupper(B)))
        """, "toupper", 1
      ),
      // Not what differs, nor what gives another value each time.
      ("T | project a = toupper(B), b = toupper(strcat(B, 'x'))", "toupper", 2),
      ("T | project a = rand(N) + rand(N)", "rand", 2),
      ("T | project a = strcat(B, 0.0), b = strcat(B, -0.0)", "strcat", 2),
    ]
  )
  func commonParts(query: String, function: String, calls: Int) throws {
    let lines = try optimized(query)
    #expect(count(function + "(", in: lines) == calls, "\(lines)")
  }

  @Test("a projection that computes what the next one reads stays below it")
  func fusion() throws {
    #expect(
      count("project", in: try optimized("T | extend a = N + 1 | extend b = a * 2, c = a")) == 2
    )
    #expect(count("project", in: try optimized("T | extend a = N + 1 | extend b = N * 2")) == 1)
    #expect(count("project", in: try optimized("T | extend a = N + 1 | project x = a, y = a")) == 2)
  }

  @Test("a table of groups that is read twice is made once, records are read where they are needed")
  func keptTables() throws {
    let groups = try optimized(
      "let s = T | summarize c = count() by B; s | join kind=inner s on B | where c > 0"
    )
    #expect(count("shared s", in: groups) == 2)
    #expect(count("summarize", in: groups) == 1)
    let records = try optimized("let s = T | where N > 1; s | join kind=inner s on B")
    #expect(count("shared", in: records) == 0)
    let once = try optimized("let s = T | summarize c = count() by B; s | where c > 1")
    #expect(count("shared", in: once) == 0)
    let random = try optimized("let s = T | top 1 by rand(); s | join kind=inner s on B")
    #expect(count("shared", in: random) == 0)
  }

  @Test("a kept table has the columns that somebody reads")
  func prunedTables() throws {
    let lines = try optimized(
      """
      let m = materialize(T | extend large = strrep(B, 100), part = A.x);
      m | summarize c = count() by B | join kind=inner (m | summarize max(N) by B) on B
      """
    )
    #expect(count("shared m", in: lines) == 2)
    #expect(count("strrep", in: lines) == 0)
    #expect(count("Member", in: lines) == 0)
  }
}
