import AttackGeneration
import Columnar
import Testing

/// Evaluations and the baseline against numbers that were computed by hand.
struct EvaluationTests {
  private func truth(_ attacks: [(String, String?)]) -> [AlertTruth] {
    attacks.map { id, attack in
      AlertTruth(
        alertId: id,
        tenant: "contoso",
        attackId: attack,
        family: attack == nil ? nil : .ransomware,
        step: attack == nil ? "noise" : "impact"
      )
    }
  }

  /// Attack A has four alerts, attack B two; two alerts are noise.
  private var eight: [AlertTruth] {
    truth([
      ("a1", "A"), ("a2", "A"), ("a3", "A"), ("a4", "A"), ("b1", "B"), ("b2", "B"),
      ("n1", nil), ("n2", nil),
    ])
  }

  @Test("a grouping that is right in all") func perfect() {
    let groups = ["a1": "1", "a2": "1", "a3": "1", "a4": "1", "b1": "2", "b2": "2", "n1": "3"]
    let evaluation = GroupingEvaluation(truth: eight, groups: groups)
    #expect(evaluation.rightPairs == 7 && evaluation.attackPairs == 7)
    #expect(evaluation.precision == 1 && evaluation.recall == 1 && evaluation.f1 == 1)
    #expect(evaluation.groupsPerAttack == 1 && evaluation.wholeAttackShare == 1)
    #expect(evaluation.groupCount == 4)
  }

  @Test("all in one group: noise and the other attack lower precision") func glued() {
    let groups = Dictionary(uniqueKeysWithValues: eight.map { ($0.alertId, "1") })
    let evaluation = GroupingEvaluation(truth: eight, groups: groups)
    // 28 pairs of eight, less the one of two noise alerts; 6 + 1 are right.
    #expect(evaluation.groupedPairs == 27)
    #expect(evaluation.precision == 7.0 / 27 && evaluation.recall == 1)
    #expect(abs(evaluation.f1 - 14.0 / 34) < 1e-12)
    #expect(evaluation.wholeAttackShare == 1 && evaluation.groupCount == 1)
  }

  @Test("split and glued at once") func mixed() {
    // Groups {a1 a2 n1}, {a3 b1}, {a4}, {b2}, {n2}.
    let groups = [
      "a1": "1", "a2": "1", "n1": "1", "a3": "2", "b1": "2", "a4": "3", "b2": "4", "n2": "5",
    ]
    let evaluation = GroupingEvaluation(truth: eight, groups: groups)
    // Grouped: three pairs and one; right: a1 with a2.
    #expect(evaluation.rightPairs == 1 && evaluation.groupedPairs == 4)
    #expect(evaluation.precision == 0.25 && evaluation.recall == 1.0 / 7)
    #expect(abs(evaluation.f1 - 2.0 / 11) < 1e-12)
    // A is in three groups, B in two.
    #expect(evaluation.groupsPerAttack == 2.5 && evaluation.wholeAttackShare == 0)
  }

  @Test("half of the attacks whole; alerts without a group are alone") func half() {
    let groups = ["a1": "1", "a2": "1", "b1": "2", "b2": "2", "a3": "4", "a4": "4"]
    let evaluation = GroupingEvaluation(truth: eight, groups: groups)
    #expect(evaluation.wholeAttackShare == 0.5 && evaluation.groupsPerAttack == 1.5)
    #expect(evaluation.precision == 1 && evaluation.recall == 3.0 / 7)
    #expect(evaluation.groupCount == 5)
  }

  @Test("alerts that are alone never share a group with one of their name") func alone() {
    let evaluation = GroupingEvaluation(truth: truth([("1", "A"), ("2", "A")]), groups: ["2": "1"])
    #expect(evaluation.rightPairs == 0 && evaluation.groupCount == 2)
  }

  @Test("nothing grouped, and nothing there") func empty() {
    let none = GroupingEvaluation(truth: eight, groups: [:])
    #expect(none.precision == 1 && none.recall == 0 && none.f1 == 0)
    let nothing = GroupingEvaluation(truth: [], groups: [:])
    #expect(nothing.recall == 1 && nothing.groupsPerAttack == 0 && nothing.attackCount == 0)
    let noise = GroupingEvaluation(truth: truth([("1", nil), ("2", nil)]), groups: [:])
    #expect(noise.groupedPairs == 0 && noise.groupCount == 2)
  }

  private func alert(
    _ id: String,
    hour: Int,
    _ devices: [String],
    tenant: String = "contoso"
  ) -> GeneratedAlert {
    GeneratedAlert(
      truth: AlertTruth(
        alertId: id,
        tenant: tenant,
        attackId: nil,
        family: nil,
        step: "noise"
      ),
      created: DateTime(ticks: Scenarios.start.ticks + Int64(hour) * TimeSpan.ticksPerHour),
      deviceIds: devices,
      json: "{}"
    )
  }

  private func groups(_ alerts: [GeneratedAlert]) -> Set<Set<String>> {
    let groups = DeviceBaseline().groups(of: alerts)
    #expect(groups.count == alerts.count)
    return Set(Dictionary(grouping: groups.keys) { groups[$0] }.values.map { Set($0) })
  }

  @Test("the baseline groups alerts of a device within a day of the one before") func window() {
    let alerts = [
      alert("late", hour: 73, ["d"]), alert("1", hour: 0, ["d"]), alert("2", hour: 24, ["d"]),
      alert("3", hour: 48, ["d"]), alert("other", hour: 1, ["e"]),
    ]
    #expect(groups(alerts) == [["1", "2", "3"], ["late"], ["other"]])
  }

  @Test("the baseline joins over devices, but not over tenants or without one") func devices() {
    let alerts = [
      alert("1", hour: 0, ["d"]), alert("2", hour: 0, ["e"]), alert("3", hour: 5, ["e", "d"]),
      alert("4", hour: 6, ["d"], tenant: "fabrikam"), alert("5", hour: 6, []),
      alert("6", hour: 6, []),
    ]
    #expect(groups(alerts) == [["1", "2", "3"], ["4"], ["5"], ["6"]])
  }

  @Test("the baseline neither finds all nor nothing in what is generated")
  func baseline() {
    for purpose in [AttackFamily.Purpose.tuning, .heldOut] {
      let settings = Scenarios.settings(families: AttackFamily.families(for: purpose))
      let scenario = Scenarios.scenario(seed: 11, settings)
      let groups = DeviceBaseline().groups(of: scenario.alerts)
      let evaluation = GroupingEvaluation(truth: scenario.truth, groups: groups)
      #expect(evaluation.precision < 1 && evaluation.precision > 0, "\(evaluation)")
      #expect(evaluation.recall < 0.8 && evaluation.recall > 0, "\(evaluation)")
      #expect(evaluation.wholeAttackShare < 0.8)
    }
  }
}
