import Columnar

/// Writes findings as a SARIF 2.1.0 log, which code scanning services take.
public struct SARIFLog {
  private let findings: [Finding]
  private let rules: [String]
  private let ruleIndexes: [String: Int]

  public init(_ findings: [Finding]) {
    self.findings = findings
    rules = Set(findings.map(\.rule)).sorted()
    ruleIndexes = Dictionary(uniqueKeysWithValues: rules.enumerated().map { ($1, $0) })
  }

  /// The whole log as one JSON text.
  public func bytes() -> [UInt8] {
    var json = JSONWriter()
    json.object {
      $0.member("$schema", "https://json.schemastore.org/sarif-2.1.0.json")
      $0.member("version", "2.1.0")
      $0.member("runs") { $0.array { $0.element { run(&$0) } } }
    }
    return json.bytes() + [0x0A]
  }

  private func run(_ json: inout JSONWriter) {
    json.object {
      $0.member("tool") {
        $0.object {
          $0.member("driver") {
            $0.object {
              $0.member("name", "harrier")
              $0.member("rules") {
                $0.array { array in
                  for rule in rules { array.element { $0.object { $0.member("id", rule) } } }
                }
              }
            }
          }
        }
      }
      $0.member("columnKind", "utf16CodeUnits")
      $0.member("results") {
        $0.array { array in
          for finding in findings { array.element { result(finding, &$0) } }
        }
      }
    }
  }

  private func result(_ finding: Finding, _ json: inout JSONWriter) {
    json.object {
      $0.member("ruleId", finding.rule)
      $0.member("ruleIndex", ruleIndexes[finding.rule] ?? 0)
      $0.member("level", finding.level.rawValue)
      $0.member("message") { $0.object { $0.member("text", finding.message) } }
      $0.member("locations") {
        $0.array { $0.element { $0.object { location(finding, &$0) } } }
      }
      if !finding.fixes.isEmpty {
        $0.member("fixes") {
          $0.array { array in
            for fix in finding.fixes { array.element { self.fix(fix, finding.file, &$0) } }
          }
        }
      }
    }
  }

  private func location(_ finding: Finding, _ json: inout JSONWriter) {
    json.member("physicalLocation") {
      $0.object {
        artifact(finding.file, &$0)
        if let region = finding.region { $0.member("region") { Self.region(region, &$0) } }
      }
    }
  }

  private func artifact(_ file: String, _ json: inout JSONWriter) {
    json.member("artifactLocation") { $0.object { $0.member("uri", Self.address(of: file)) } }
  }

  private func fix(_ fix: Finding.Fix, _ file: String, _ json: inout JSONWriter) {
    json.object {
      $0.member("description") { $0.object { $0.member("text", fix.message) } }
      $0.member("artifactChanges") {
        $0.array {
          $0.element {
            $0.object {
              artifact(file, &$0)
              $0.member("replacements") { $0.array { $0.element { Self.replacement(fix, &$0) } } }
            }
          }
        }
      }
    }
  }

  private static func replacement(_ fix: Finding.Fix, _ json: inout JSONWriter) {
    json.object {
      $0.member("deletedRegion") { region(fix.region, &$0) }
      $0.member("insertedContent") { $0.object { $0.member("text", fix.replacement) } }
    }
  }

  private static func region(_ region: TextRegion, _ json: inout JSONWriter) {
    json.object {
      $0.member("startLine", region.startLine)
      $0.member("startColumn", region.startColumn)
      $0.member("endLine", region.endLine)
      $0.member("endColumn", region.endColumn)
    }
  }

  /// The path as a URI reference: relative ones stay relative, so that a service finds the file in
  /// its checkout.
  static func address(of path: String) -> String {
    var path = path
    while path.hasPrefix("./") { path.removeFirst(2) }
    let digits = Array("0123456789ABCDEF".utf8)
    var address: [UInt8] = path.hasPrefix("/") ? Array("file://".utf8) : []
    for byte in path.utf8 {
      switch byte {
      case 48...57, 65...90, 97...122, 45, 46, 47, 95, 126: address.append(byte)
      default: address += [37, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: address, as: UTF8.self)
  }
}
