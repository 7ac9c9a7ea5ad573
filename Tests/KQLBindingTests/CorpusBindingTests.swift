import Foundation
import SourceText
import Columnar
import KQLSyntax
import QueryPlan
import Testing

/// Holds the binder against the official binder's answers for published hunting queries.
@Suite(.enabled(if: SharedMaterial.isPresent, "the corpus beside the repository is absent"))
struct CorpusBindingTests {
  /// Counts of one scope.
  struct Tally {
    var all = 0
    var bound = 0
    var judged = 0
    var same = 0

    var boundShare: Double { all == 0 ? 0 : Double(bound) / Double(all) }
    var sameShare: Double { judged == 0 ? 0 : Double(same) / Double(judged) }
  }

  @Test("published queries bind with the official columns") func officialColumns() throws {
    let environment = try #require(SharedMaterial.environment)
    var texts: [String: String] = [:]
    for line in SharedMaterial.lines("corpus/hunting-queries.jsonl") {
      if let id = line["id"] as? String { texts[id] = line["query"] as? String }
    }
    var tallies: [String: Tally] = [:]
    for line in SharedMaterial.lines("corpus/official-columns.jsonl") {
      guard let id = line["id"] as? String, let scope = line["scope"] as? String,
        let text = texts[id], let wanted = SharedMaterial.columns(line["columns"])
      else { continue }
      let bound = Bound(text, in: environment)
      var tally = tallies[scope, default: Tally()]
      tally.all += 1
      if bound.errors.isEmpty {
        tally.bound += 1
        if Self.isJudged(text, wanted) {
          tally.judged += 1
          if bound.columns == wanted { tally.same += 1 }
        }
      }
      tallies[scope] = tally
    }
    Self.show(tallies)
    #expect(tallies["xdr", default: Tally()].boundShare >= 0.99)
    #expect(tallies["sentinel", default: Tally()].boundShare >= 0.99)
    #expect(tallies["xdr", default: Tally()].sameShare >= 0.99)
    #expect(tallies["sentinel", default: Tally()].sameShare >= 0.99)
  }

  /// Whether the columns do not depend on data.
  private static func isJudged(_ text: String, _ wanted: [[String]]) -> Bool {
    !wanted.contains { $0.last == "unknown" }
      && !["bag_unpack", "pivot", "narrow"].contains { text.contains($0) }
  }

  private static func show(_ tallies: [String: Tally]) {
    for (scope, tally) in tallies.sorted(by: { $0.key < $1.key }) {
      let text =
        "\(scope): \(tally.bound) of \(tally.all) bind, "
        + "\(tally.same) of \(tally.judged) with the official columns\n"
      FileHandle.standardError.write(Data(text.utf8))
    }
  }

  @Test("cases of the reference bind with the columns of a real engine")
  func resultSchemas() throws {
    let environment = try #require(SharedMaterial.environment)
    var judged = 0
    var same = 0
    for name in ["engine", "docs"] {
      for line in SharedMaterial.lines("conformance/kql-\(name).jsonl") {
        guard let wanted = SharedMaterial.columns(line["result_schema"]),
          let text = line["query"] as? String, line["self_contained"] as? Bool ?? true,
          line["doubtful"] == nil
        else { continue }
        judged += 1
        if Bound(text, in: environment).columns == wanted { same += 1 }
      }
    }
    let text = "cases: \(same) of \(judged) with the columns of the case\n"
    FileHandle.standardError.write(Data(text.utf8))
    #expect(Double(same) >= 0.97 * Double(judged))
  }

  @Test("every case of a real engine binds") func engineCasesBind() throws {
    let environment = try #require(SharedMaterial.environment)
    for line in SharedMaterial.lines("conformance/kql-observed.jsonl") {
      guard let text = line["query"] as? String, let id = line["id"] as? String else { continue }
      let errors = Bound(text, in: environment).codes
      #expect(errors.isEmpty, "\(id): \(errors)")
    }
  }
}
