import KQLBinding
import KQLSyntax
import SourceText
import Columnar
import QueryPlan
import Testing

/// Binds texts that were made to break a binder: it must answer, and soon.
struct HostileTextTests {
  private static func chain(_ count: Int, _ part: (Int) -> String) -> String {
    (1...count).map(part).joined()
  }

  /// Texts that double in size at each step.
  private static let growing: [String] = [
    "let x0 = 1; " + chain(60) { "let x\($0) = x\($0 - 1) + x\($0 - 1); " } + "print x60",
    "let t0 = print a = 1; " + chain(60) { "let t\($0) = union t\($0 - 1), t\($0 - 1); " } + "t60",
    "let t0 = print a = 1; "
      + chain(60) { "let t\($0) = t\($0 - 1) | where a in (t\($0 - 1)); " } + "t60",
    "let t0 = print a = 1; "
      + chain(60) {
        "let s\($0) = toscalar(t\($0 - 1)); let t\($0) = print a = s\($0) + toscalar(t\($0 - 1)); "
      } + "t60",
    "let f0 = (a: long) { a }; "
      + chain(60) { "let f\($0) = (a: long) { f\($0 - 1)(a) + f\($0 - 1)(a) }; " } + "print f60(1)",
    "let f0 = () { print 1 }; "
      + chain(60) { "let f\($0) = () { union f\($0 - 1)(), f\($0 - 1)() }; " } + "f60()",
  ]

  @Test("what doubles at each step is refused", arguments: growing)
  func doubling(text: String) {
    let bound = Bound(text, in: .small, BindingOptions(maximumNodes: 20_000))
    #expect(bound.errors.contains { $0.code == "HR201" })
  }

  @Test(
    "deep texts are refused or bound",
    arguments: [
      "print " + String(repeating: "not(", count: 400) + "true"
        + String(repeating: ")", count: 400),
      "print a = 1" + String(repeating: " | where a == 1", count: 5_000),
      "print " + String(repeating: "1 + ", count: 5_000) + "1",
      "print a = dynamic(1) | project a" + String(repeating: ".b", count: 8_000),
      "print " + String(repeating: "toscalar(print ", count: 200) + "1"
        + String(repeating: ")", count: 200),
    ]
  )
  func deep(text: String) {
    #expect(Bound(text).errors.contains { $0.code == "HR201" || $0.code == "HR001" })
  }

  @Test("a function of the environment that calls itself is refused") func recursion() {
    var environment = TestEnvironment.small
    environment.add(function: "Again", "() { Again() }")
    #expect(Bound("Again()", in: environment).errors.contains { $0.code == "HR201" })
  }

  @Test("wide texts bind") func wide() {
    let items = (0..<3_000).map { "a + \($0)" }.joined(separator: ", ")
    #expect(Bound("print a = 1 | project \(items)").columns.count == 3_000)
    let values = (0..<5_000).map(String.init).joined(separator: ", ")
    #expect(Bound("print a = 1 | where a in (\(values))").errors.isEmpty)
  }

  @Test(
    "broken published queries leave the binder standing",
    .enabled(if: SharedMaterial.isPresent, "the corpus beside the repository is absent"),
    arguments: [1, 2] as [UInt64]
  )
  func mutations(seed: UInt64) throws {
    let environment = try #require(SharedMaterial.environment)
    var random = Splitter(state: seed)
    for (index, line) in SharedMaterial.lines("corpus/hunting-queries.jsonl").enumerated() {
      guard index % 9 == Int(seed), let query = line["query"] as? String,
        !query.contains("search *"), !query.contains("union *")
      else { continue }
      var bytes = Array(query.utf8)
      for _ in 0..<3 { mutate(&bytes, &random) }
      let bound = Bound(String(decoding: bytes, as: UTF8.self), in: environment)
      #expect(bound.query.diagnostics.allSatisfy { $0.span.end <= bound.tree.source.bytes.count })
    }
  }

  private static let pieces = [
    "|", ";", ",", "(", ")", "[", "]", "\"", "let ", " where ", " extend ", " by ", "*", ".",
    "toscalar(", " union ", " join ", " on ", "=", "null", " in ", "()", "{", "}", " as T ",
  ]

  private func mutate(_ bytes: inout [UInt8], _ random: inout Splitter) {
    guard !bytes.isEmpty else { return }
    let at = random.below(bytes.count)
    switch random.below(3) {
    case 0: bytes.insert(contentsOf: Self.pieces[random.below(Self.pieces.count)].utf8, at: at)
    case 1: bytes.removeSubrange(at..<min(bytes.count, at + 1 + random.below(20)))
    default:
      let from = random.below(bytes.count)
      bytes.insert(contentsOf: bytes[from..<min(bytes.count, from + 30)], at: at)
    }
  }
}

/// A small deterministic generator.
private struct Splitter {
  var state: UInt64

  mutating func below(_ limit: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(limit))
  }
}
