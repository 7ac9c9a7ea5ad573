import Testing

/// Holds imports to the layers of ARCHITECTURE.md: an import points to a lower layer only.
struct LayerTests {
  static let layers: [String: Int] = [
    "CSIMD": -1, "CPCRE2": -1, "CZlib": -1, "CZstd": -1, "CXXHash": -1, "CSQLite": -1,
    "SourceText": 0, "Columnar": 0, "FileAccess": 0, "LineEditor": 0,
    "PatternMatching": 0,
    "Findings": 1, "KQLSyntax": 1, "KQLFunctions": 1, "Segments": 1, "OperationalStore": 1,
    "StructuredText": 0, "Configuration": 1, "AttackGeneration": 1,
    "DetectionRules": 2, "QueryPlan": 2, "TableStore": 2, "Tenancy": 2,
    "KQLBinding": 3, "Execution": 3, "Alerts": 3,
    "Hunting": 4, "Linting": 4, "HuntingShell": 5, "Detections": 5, "RuleChecking": 5,
    "Incidents": 5, "Fleet": 5,
    "Response": 6, "HarrierCommand": 7, "HarrierTool": 8, "HarrierTesting": 8,
    "ScheduleSimulation": 9,
  ]

  @Test("every target has a layer") func targetsHaveLayers() {
    let targets = Set(SourceTree.sources.compactMap(\.target))
    for target in targets where Self.layers[target] == nil {
      Issue.record("\(target) is in no layer")
    }
    #expect(targets.count > 8)
  }

  @Test("imports point downwards") func importsPointDown() {
    for file in SourceTree.sources {
      guard let target = file.target, let layer = Self.layers[target] else { continue }
      for module in Self.imports(file) {
        guard let other = Self.layers[module] else { continue }
        if other >= layer { Issue.record("\(file.path) imports \(module), which is not below it") }
      }
    }
  }

  @Test("engine targets stay free of Foundation") func noFoundation() {
    for file in SourceTree.sources where file.target != "FileAccess" {
      for module in Self.imports(file) where module.hasPrefix("Foundation") {
        Issue.record("\(file.path) imports \(module)")
      }
    }
  }

  private static func imports(_ file: SourceTree.File) -> [String] {
    file.lines.compactMap { line in
      let words = line.split(separator: " ").map(String.init)
      guard let place = words.firstIndex(of: "import"), place <= 1, place + 1 < words.count,
        place == 0 || ["public", "internal", "package", "@testable"].contains(words[0])
      else { return nil }
      return words[place + 1]
    }
  }
}
