import ArgumentParser
import Columnar
import Execution
import FileAccess
import Fleet
import Hunting

/// `harrier vulnerabilities`: how exposed the tenants are.
struct VulnerabilitiesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "vulnerabilities",
    abstract: "Show how exposed the tenants of a store are, and to what.",
    discussion: """
      A device has points: for each CVE 0.2 (critical), 0.08 (high), 0.02 (medium) or 0.005 (low), \
      twice that where an exploit is out, and for each open setting its impact / 100. Its score is \
      100 × (1 − exp(−points)). The exposure score of a tenant, and that of all, is the mean over \
      assessed and onboarded devices; devices of high value weigh 3, those of low value 0.5. 0 to \
      29 is low, 30 to 69 medium, 70 to 100 high.

      DeviceTvmSoftwareVulnerabilities has no time of its own: current are the rows that arrived \
      in the 12 hours up to the last one. A change is against what was current 30 days ago.

        harrier vulnerabilities dashboard --store logs --timespan all
        harrier vulnerabilities queries vulnerabilities.tenant
      """,
    subcommands: [
      VulnerabilitiesDashboardCommand.self, VulnerabilitiesTenantsCommand.self,
      VulnerabilitiesWeaknessesCommand.self, VulnerabilitiesRecommendationsCommand.self,
      VulnerabilitiesQueriesCommand.self,
    ]
  )
}

/// `harrier vulnerabilities dashboard`.
struct VulnerabilitiesDashboardCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "dashboard",
    abstract: "Show the score of all tenants, the most exposed ones, changes and distributions.",
    discussion: """
      As a table each part has one of its own. In other forms they are rows of one, and the column \
      Part says of what.

        harrier vulnerabilities dashboard --store logs --timespan all
        harrier vulnerabilities dashboard --store logs --only most-exposed --format json
      """
  )

  /// A part of the dashboard.
  enum Part: String, CaseIterable, ExpressibleByArgument {
    case organization
    case mostExposed = "most-exposed"
    case largestIncrease = "largest-increase"
    case deviceDistribution = "device-distribution"
    case tenantDistribution = "tenant-distribution"

    var query: FleetQuery {
      switch self {
      case .organization: VulnerabilityQueries.organization
      case .mostExposed: VulnerabilityQueries.mostExposed
      case .largestIncrease: VulnerabilityQueries.largestIncrease
      case .deviceDistribution: VulnerabilityQueries.deviceDistribution
      case .tenantDistribution: VulnerabilityQueries.tenantDistribution
      }
    }

    var title: String {
      switch self {
      case .organization: "Organization exposure score"
      case .mostExposed: "Most exposed tenants"
      case .largestIncrease: "Largest increase in 30 days"
      case .deviceDistribution: "Devices by exposure level"
      case .tenantDistribution: "Tenants by exposure level"
      }
    }
  }

  @OptionGroup var place: FleetPlace

  @Option(help: ArgumentHelp("Show this part only.", valueName: "part"))
  var only: Part?

  func run(_ console: Console) throws -> Int32 {
    let parts = only.map { [$0] } ?? Part.allCases
    // Behind the parts: why no tenant may have risen.
    let reasons = parts.contains(.largestIncrease) ? [VulnerabilityQueries.compared] : []
    let answer = try place.answer(
      parts.map(\.query) + reasons,
      parameters: ["By": .string(ByteString("exposure"))],
      console
    )
    let results = zip(parts, answer.results).map { (part: $0, rows: $1) }
    let why = try noIncrease(results, answer.results.last)
    let code = try write(results, why, console)
    return answer.tell(console) ?? code
  }

  /// Why no tenant's exposure rose; nil where one did, or that is not shown.
  private func noIncrease(
    _ results: [(part: Part, rows: QueryResult)],
    _ compared: QueryResult?
  ) throws -> String? {
    guard results.contains(where: { $0.part == .largestIncrease && $0.rows.rowCount == 0 })
    else { return nil }
    var counts: [String: Int64] = [:]
    try compared?.forEachNamedRow { row in
      for case (let name, .long(let count)) in row { counts[name] = count }
    }
    let known = counts["Compared"] ?? 0
    return known == 0
      ? "none: of no tenant is known how exposed it was 30 days ago"
      : "none: the score of none of the tenants whose change is known (\(known)) rose"
  }

  private func write(
    _ results: [(part: Part, rows: QueryResult)],
    _ why: String?,
    _ console: Console
  ) throws -> Int32 {
    guard place.isTable, results.count > 1 else {
      if let why { console.note("note: \(Part.largestIncrease.title): \(why)") }
      if results.count == 1 { return try place.write(results[0].rows, console) }
      return try place.write(
        try FleetAnswer.joined(
          results.map(\.rows),
          labelled: "Part",
          results.map(\.part.rawValue)
        ),
        console
      )
    }
    var code: Int32 = 0
    for (index, (part, rows)) in results.enumerated() {
      try console.write(Array(((index > 0 ? "\n" : "") + part.title + "\n").utf8))
      if part == .largestIncrease, let why {
        try console.write(Array((why + "\n").utf8))
      } else {
        code = max(code, try place.write(rows, console))
      }
    }
    return code
  }
}

/// `harrier vulnerabilities tenants`.
struct VulnerabilitiesTenantsCommand: FleetCommand {
  static let configuration = CommandConfiguration(
    commandName: "tenants",
    abstract: "Show score, exposed devices, recommendations and weaknesses of each tenant.",
    discussion: """
      The row of the tenant 'all' has the sum of the devices; a CVE or a recommendation that \
      several tenants have counts once in it. A tenant without assessments has no level \
      and no part in the score of all.

        harrier vulnerabilities tenants --store logs --timespan all
      """
  )

  @OptionGroup var place: FleetPlace
  var query: FleetQuery { VulnerabilityQueries.tenants }
}

/// `harrier vulnerabilities weaknesses`.
struct VulnerabilitiesWeaknessesCommand: FleetCommand {
  static let configuration = CommandConfiguration(
    commandName: "weaknesses",
    abstract: "List the CVEs of all tenants with their exposed devices.",
    discussion: """
        harrier vulnerabilities weaknesses --store logs
        harrier vulnerabilities weaknesses --store logs --tenant contoso --format csv
      """
  )

  @OptionGroup var place: FleetPlace
  var query: FleetQuery { VulnerabilityQueries.weaknesses }
}

/// `harrier vulnerabilities recommendations`.
struct VulnerabilitiesRecommendationsCommand: FleetCommand {
  static let configuration = CommandConfiguration(
    commandName: "recommendations",
    abstract: "List the software to update and the settings to change in all tenants.",
    discussion: """
        harrier vulnerabilities recommendations --store logs
      """
  )

  @OptionGroup var place: FleetPlace
  var query: FleetQuery { VulnerabilityQueries.recommendations }
}

/// `harrier vulnerabilities queries`.
struct VulnerabilitiesQueriesCommand: FleetQueriesCommand {
  static let configuration = CommandConfiguration(
    commandName: "queries",
    abstract: "Print the query behind a view of vulnerabilities, or list them.",
    discussion: """
        harrier vulnerabilities queries
        harrier vulnerabilities queries vulnerabilities.tenant
      """
  )

  static var queries: [FleetQuery] { VulnerabilityQueries.all }

  @OptionGroup var choice: FleetQueryChoice
}
