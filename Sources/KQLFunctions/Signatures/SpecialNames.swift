public import Columnar

/// Lists names that the grammar of operators, hints and options knows, by their official titles.
public enum SpecialNames {
  /// The names of a list, such as `JoinKinds`, `ChartTypes` or `HintStrategies`; empty where there
  /// is no such list. A test holds the titles that the code uses against the data.
  public static func list(_ title: String) -> [String] { lists[title] ?? [] }

  /// Titles of all lists.
  public static var titles: [String] { lists.keys.sorted() }

  public static var chartTypes: [String] { list("ChartTypes") }
  public static var chartKinds: [String] { list("ChartKinds") }
  public static var chartProperties: [String] { list("ChartProperties") }
  public static var joinKinds: [String] { list("JoinKinds") }
  public static var lookupKinds: [String] { list("LookupKinds") }
  public static var unionKinds: [String] { list("UnionKinds") }
  public static var parseKinds: [String] { list("ParseKinds") }
  public static var makeSeriesKinds: [String] { list("MakeSeriesKinds") }
  public static var expandKinds: [String] { list("MvExpandKinds") }
  public static var searchKinds: [String] { list("SearchKinds") }
  public static var scanKinds: [String] { list("ScanKinds") }
  public static var scanStepOutputs: [String] { list("ScanStepOutputValues") }
  public static var graphCycles: [String] { list("CyclesKinds") }
  public static var shortestPathOutputs: [String] { list("ShortestPathsOutputs") }
  public static var componentKinds: [String] { list("GraphMarkComponentsKinds") }
  public static var operatorParameters: [String] { list("KnownQueryOperatorParameterNames") }
  public static var datePartNames: [String] { list("DateTimeParts") }
  public static var dateDifferenceParts: [String] { list("DateDiffParts") }

  /// An option of `set`, with the types that its value may have (empty: any).
  public struct Option: Sendable, Hashable {
    public let name: String
    public let types: [ScalarType]
  }

  public static let options: [Option] = records.compactMap {
    guard let first = $0.first, first.hasPrefix("option:") else { return nil }
    return Option(
      name: String(first.dropFirst(7)),
      types: $0.dropFirst().compactMap { ScalarType(name: String($0)) }
    )
  }

  /// The option of a name; nil where the engine would not know it.
  public static func option(_ name: String) -> Option? { options.first { $0.name == name } }

  private static var records: [[Substring]] {
    SignatureText.records(SpecialNameData.text).map(SignatureText.words)
  }

  private static let lists: [String: [String]] = Dictionary(
    records.compactMap {
      guard let first = $0.first, !first.hasPrefix("option:") else { return nil }
      return (String(first), $0.dropFirst().map(String.init))
    }
  ) { first, _ in first }
}
