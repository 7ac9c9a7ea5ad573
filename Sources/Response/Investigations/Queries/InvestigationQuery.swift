import Incidents
import Alerts
import Columnar
import Execution

/// A step of a playbook: a shipped query whose rows are what it finds.
///
/// Its rows have the columns Kind (of ``InvestigationEntity``), Identifiers and Facts (bags of
/// texts) and Verdict. Values reach it as parameters only, so that no text of an event is ever
/// read as part of a query.
public struct InvestigationQuery: Sendable {
  /// A value that a query may declare.
  public enum Parameter: String, Sendable, CaseIterable {
    /// Ids of all mails that are known, and of those that the alert is about.
    case mails = "Mails"
    case seeds = "Seeds"
    /// Addresses of users that are known, and of those whom something odd happened to.
    case users = "Users"
    case suspects = "Suspects"
    case devices = "Devices"
    case hashes = "Hashes"
    case badHashes = "BadHashes"
    case urls = "Urls"
    case badUrls = "BadUrls"
    case addresses = "Addresses"
    case badAddresses = "BadAddresses"
    case apps = "Apps"
    case badApps = "BadApps"
    /// When what the alert is about began.
    case start = "Start"

    var type: String { self == .start ? "datetime" : "dynamic" }
  }

  /// What it is called, such as `mail.gather`.
  public let name: String
  /// What it looks for, in a line.
  public let about: String
  let parameters: [Parameter]
  private let body: String

  init(_ name: String, _ about: String, _ parameters: [Parameter], _ body: String) {
    self.name = name
    self.about = about
    self.parameters = parameters
    self.body = body
  }

  /// How far back steps look, as Explorer does.
  public static let days = 30

  /// The text to run with parameters.
  public var text: String { text { _ in nil } }

  /// The text with values as defaults of its parameters, to be run by hand.
  func text(with values: InvestigationValues) -> String {
    text { parameter in values.literal(parameter) }
  }

  private func text(_ literal: (Parameter) -> String?) -> String {
    let declared = parameters.map { parameter in
      "\(parameter.rawValue):\(parameter.type)" + (literal(parameter).map { "=\($0)" } ?? "")
    }
    let declaration = "declare query_parameters(\(declared.joined(separator: ", ")));\n"
    return "// \(name): \(about)\n" + (declared.isEmpty ? "" : declaration) + body
  }
}

/// What an investigation knows, as values of parameters.
struct InvestigationValues {
  private(set) var lists: [InvestigationQuery.Parameter: Set<String>] = [:]
  private let start: DateTime

  /// The most values of a list: what a step finds beyond is not looked into.
  static let mostValues = 10_000
  /// The most values that a text for people has.
  private static let mostShown = 100

  init(_ entities: [InvestigationEntity], start: DateTime) {
    self.start = start
    for entity in entities { take(entity) }
  }

  private mutating func add(_ value: String?, _ parameters: InvestigationQuery.Parameter...) {
    guard let value, !value.isEmpty else { return }
    for parameter in parameters {
      if lists[parameter, default: []].count < Self.mostValues {
        lists[parameter, default: []].insert(value)
      }
    }
  }

  private mutating func take(_ entity: InvestigationEntity) {
    let isBad = entity.verdict == .malicious
    switch entity.kind {
    case .mail:
      add(entity["networkMessageId"], .mails)
      if entity.origin == "alert" || entity.facts["isSeed"] == "true" {
        add(entity["networkMessageId"], .seeds)
      }
    case .user:
      add(entity["accountUpn"]?.lowercased(), .users)
      if entity.verdict.isThreat || entity.origin == "alert" {
        add(entity["accountUpn"]?.lowercased(), .suspects)
      }
    case .device: add(entity["deviceId"], .devices)
    case .file:
      let hash = (entity["sha256"] ?? entity["sha1"])?.lowercased()
      add(hash, .hashes)
      if isBad { add(hash, .badHashes) }
    case .url:
      add(entity["url"], .urls)
      if isBad { add(entity["url"], .badUrls) }
    case .ip:
      add(entity["address"], .addresses)
      if isBad { add(entity["address"], .badAddresses) }
    case .app:
      add(entity["appId"], .apps)
      if isBad { add(entity["appId"], .badApps) }
    case .inboxRule: break
    }
  }

  /// The values that a query declares.
  func scalars(for query: InvestigationQuery) -> [String: Scalar] {
    var scalars: [String: Scalar] = [:]
    for parameter in query.parameters {
      scalars[parameter.rawValue] =
        parameter == .start ? .datetime(start) : .string(ByteString(list(parameter, most: nil)))
    }
    return scalars
  }

  /// A value as KQL writes it; long lists are cut.
  func literal(_ parameter: InvestigationQuery.Parameter) -> String {
    if parameter == .start { return "datetime(\(start.text))" }
    return "dynamic(\(list(parameter, most: Self.mostShown)))"
  }

  private func list(_ parameter: InvestigationQuery.Parameter, most: Int?) -> String {
    let values = (lists[parameter] ?? []).sorted()
    return StoredJSON.list(most.map { Array(values.prefix($0)) } ?? values)
  }
}
