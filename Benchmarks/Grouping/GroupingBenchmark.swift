import AttackGeneration
import Columnar
import FileAccess

/// Puts the alerts of generated attacks and noise into incidents, and prints how well that, and the
/// alerts of one device within a day, find the attacks.
///
/// Arguments: a folder that is made for the databases, the tenants, the attacks of each family in a
/// tenant (1 to 100), and a seed. Families that weights were chosen by and those that were never
/// looked at are told apart.
@main
struct GroupingBenchmark {
  static func main() throws {
    let arguments = CommandLine.arguments
    guard arguments.count > 1 else {
      let notes = DescriptorOutput.standardError()
      try notes.write("usage: harrier-grouping FOLDER [TENANTS] [ATTACKS] [SEED]\n")
      return try notes.flush()
    }
    let number = { (index: Int, standard: Int) in
      arguments.count > index ? Int(arguments[index]) ?? standard : standard
    }
    let output = DescriptorOutput.standardOutput()
    try output.write(GroupingReport.head)
    for purpose in [AttackFamily.Purpose.tuning, .heldOut] {
      let families = AttackFamily.families(for: purpose)
      var settings = ScenarioSettings(
        tenants: (0..<max(1, number(2, 125))).map { "tenant\($0)" },
        start: DateTime(ticks: 638_712_864_000_000_000),
        days: 30,
        families: families
      )
      settings.attacksPerFamily = number(3, 8) / families.count
      let generator = AttackGenerator(seed: UInt64(max(0, number(4, 1))), settings: settings)
      let scenario = generator.scenario()
      let groups = try Grouping.incidents(
        of: scenario,
        store: arguments[1] + "/" + purpose.rawValue
      )
      let report = GroupingReport(scenario: scenario, incidents: groups)
      try output.write(report.text(purpose: purpose))
      try output.flush()
    }
  }
}
