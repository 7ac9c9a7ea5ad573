import Alerts
public import Columnar
import DetectionRules

/// A query over all that is known of an incident's devices, users, mails, files, addresses and
/// applications while it went on: "go hunt".
///
/// It looks into the tables of events, Defender's, Sentinel's and own ones, in whatever columns
/// have such things (``HuntKind``), and says what it does not look for.
public struct IncidentHunt: Sendable, Equatable {
  /// KQL.
  public let query: String

  /// - Parameters:
  ///   - tables: those that there are; others are left out.
  ///   - own: the columns of those among them that no product has.
  ///   - tenantID: the `TenantId` of the incident's tenant, where rows of others may be read too.
  /// - Returns: nil where nothing of the incident can be looked for.
  public init?(
    _ details: IncidentDetails,
    tables: Set<String>,
    own: [String: Schema] = [:],
    tenantID: String? = nil
  ) {
    let terms = HuntTerms(details.evidence.map(\.evidence))
    let incident = details.incident
    let hour = TimeSpan.ticksPerHour
    let from = DateTime(ticks: incident.firstActivity.ticks - hour)
    let to = DateTime(ticks: incident.lastActivity.ticks + hour)
    let tenant = tenantID.map { "where TenantId == \(Self.literal($0)) | " } ?? ""
    let prefix = Self.prefix(beside: own)
    let isWithin = "between (\(prefix)firstTime .. \(prefix)lastTime)"
    var used: Set<HuntKind> = []
    var branches: [String] = []
    let searched = tables.sorted().compactMap { name in
      HuntTable(named: name) ?? own[name].flatMap { HuntTable(own: name, $0) }
    }
    for table in searched {
      let conditions = Self.conditions(terms, table, prefix, &used)
      if conditions.isEmpty { continue }
      let time = table.timeColumn
      let further = time == "Timestamp" ? "" : "Timestamp = \(time), "
      branches.append(
        """
          (\(table.reference) | \(tenant)where \(time) \(isWithin)
            | where \(conditions.joined(separator: "\n      or "))
            | extend \(further)SourceTable = \(Self.literal(table.name)))
        """
      )
    }
    if branches.isEmpty { return nil }
    let lists = HuntKind.allCases.filter(used.contains).compactMap { kind in
      terms.values[kind].map { "let \(prefix)\(kind.rawValue) = \(Self.list($0));\n" }
    }
    let timeless = own.filter { HuntTable(own: $0, $1) == nil }
    query = """
      // of the tenant '\(incident.tenant)'
      \(Self.remarks(terms, used, timeless))let \(prefix)firstTime = datetime(\(from.text));
      let \(prefix)lastTime = datetime(\(to.text));
      \(lists.joined())union
      \(branches.joined(separator: ",\n"))
      | order by Timestamp asc

      """
  }

  /// What the query's own names begin with, so that no column of a table is called like them.
  private static func prefix(beside own: [String: Schema]) -> String {
    let columns = Set(own.values.flatMap { $0.columns.map(\.name) })
    let names = HuntKind.allCases.map(\.rawValue) + ["firstTime", "lastTime"]
    var prefix = ""
    while names.contains(where: { columns.contains(prefix + $0) }) { prefix += "_" }
    return prefix
  }

  /// What a row of a table has to be, one of these.
  private static func conditions(
    _ terms: HuntTerms,
    _ table: HuntTable,
    _ prefix: String,
    _ used: inout Set<HuntKind>
  ) -> [String] {
    var conditions: [String] = []
    for kind in HuntKind.allCases where terms.values[kind] != nil {
      for column in kind.columns.compactMap(table.column) {
        conditions.append("\(column) \(kind.operation) (\(prefix)\(kind.rawValue))")
        used.insert(kind)
      }
    }
    return conditions + accountConditions(terms, table, &used)
  }

  /// Accounts that are known by a name and its domain, which logs have in two columns.
  private static func accountConditions(
    _ terms: HuntTerms,
    _ table: HuntTable,
    _ used: inout Set<HuntKind>
  ) -> [String] {
    var conditions: [String] = []
    let domains = Dictionary(grouping: terms.accounts, by: \.domain).sorted { $0.key < $1.key }
    for (domain, accounts) in domains {
      let names = literals(Set(accounts.map(\.name)))
      for (domainName, name) in HuntKind.accountColumns {
        guard let column = table.column(name) else { continue }
        let isNamed = "\(column) in~ (\(names))"
        let isOfDomain =
          domain.isEmpty
          ? nil
          : table.column(domainName)
            .map { " and \($0) in~ (\(literals(forms(of: domain))))" }
        conditions.append(isOfDomain.map { "(\(isNamed)\($0))" } ?? isNamed)
        used.insert(.accounts)
      }
      let whole = Set(
        accounts.flatMap { account in forms(of: domain).map { $0 + "\\" + account.name } }
      )
      if domain.isEmpty { continue }
      for column in HuntKind.accounts.columns.compactMap(table.column) {
        conditions.append("\(column) in~ (\(literals(whole)))")
        used.insert(.accounts)
      }
    }
    return conditions
  }

  /// A domain as it is told, and its short name.
  private static func forms(of domain: String) -> Set<String> {
    Set([domain, String(domain.prefix { $0 != "." })])
  }

  /// Comments that tell what the query does not look for.
  private static func remarks(
    _ terms: HuntTerms,
    _ used: Set<HuntKind>,
    _ timeless: [String: Schema]
  ) -> String {
    var lines: [String] = []
    if !timeless.isEmpty {
      let names = timeless.keys.sorted().map { literal($0) }.joined(separator: ", ")
      lines.append("// no column Timestamp or TimeGenerated with times: \(names)")
    }
    let unseen = HuntKind.allCases.filter { kind in
      let isThere = kind == .accounts ? !terms.accounts.isEmpty : terms.values[kind] != nil
      return isThere && !used.contains(kind)
    }
    if !unseen.isEmpty {
      let names = unseen.map(\.rawValue).joined(separator: ", ")
      lines.append("// no table of the tenant has a column of: \(names)")
    }
    if !terms.others.isEmpty {
      let shown = terms.others.prefix(mostShown)
        .map { "\($0.kind) \(literal(EvidenceLabel.text(of: $0)))" }
      let more = terms.others.count - shown.count
      let rest = more > 0 ? " and \(more) more" : ""
      lines.append("// not looked for: \(shown.joined(separator: ", "))\(rest)")
    }
    return lines.map { $0 + "\n" }.joined()
  }

  private static let mostShown = 20

  private static func literals(_ texts: Set<String>) -> String {
    texts.sorted().map { literal($0) }.joined(separator: ", ")
  }

  /// A list of texts as a dynamic, whose letters beyond the first plane are pairs as in JSON.
  private static func list(_ texts: Set<String>) -> String {
    let items = texts.sorted().map { literal($0, isJSON: true) }
    return "dynamic([" + items.joined(separator: ", ") + "])"
  }

  /// A string literal of KQL out of a text that anybody may have written.
  static func literal(_ text: String, isJSON: Bool = false) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      default:
        let isHidden =
          scalar.properties.generalCategory == .control
          || scalar.properties.generalCategory == .format
        result += isHidden ? Self.escape(scalar, isJSON: isJSON) : String(scalar)
      }
    }
    return result + "\""
  }

  private static func escape(_ scalar: Unicode.Scalar, isJSON: Bool) -> String {
    if scalar.value > 0xFFFF, !isJSON { return "\\U" + digits(scalar.value, 8) }
    return UTF16.encode(scalar).map { $0.map { "\\u" + digits(UInt32($0), 4) }.joined() } ?? ""
  }

  private static func digits(_ value: UInt32, _ count: Int) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: count - digits.count) + digits
  }
}
