import Columnar
import DetectionRules
import Detections

extension ScheduleTrial {
  /// What happens in the world of a seed, and the runs of each of its schedules, to find out why
  /// they differ.
  public static func history(seed: UInt64) throws -> String {
    let world = try ScheduleWorld(seed: seed)
    var lines = [text(world.first, "first")]
    lines += world.events.map { event in
      "event \(event.report) of \(event.device) at \(time(event.time)), visible "
        + time(event.visible)
    }
    lines += world.changes.map { at, change in
      switch change {
      case .edit(let version): text(version, time(at))
      case .turnOff: "\(time(at)): off"
      case .turnOn: "\(time(at)): on"
      }
    }
    for (name, disturbances) in schedules {
      var schedule = try SimulatedSchedule(world, seed: seed, disturbances)
      let outcome = try schedule.run()
      lines.append("\(name):")
      lines += outcome.runs.map { run in
        "  \(run.tenant) \(run.cause.rawValue) v\(run.version) \(time(run.start)) … "
          + "\(time(run.end)) at \(time(run.started)): rows \(run.rows), new \(run.newEvents), "
          + "alerts \(run.alerts), folded \(run.foldedEvents)"
      }
      lines += outcome.alerts.values.map { "  \($0)" }.sorted()
    }
    return lines.map { $0 + "\n" }.joined()
  }

  /// An instant as hours and minutes since the start.
  private static func time(_ time: DateTime) -> String {
    let minutes = (time.ticks - ScheduleWorld.start.ticks) / ScheduleWorld.minute
    return "\(minutes / 60)h\(abs(minutes % 60))"
  }

  private static func text(_ version: RuleVersion, _ when: String) -> String {
    let hours = version.rule.schedule.frequency.map { "\($0.ticks / TimeSpan.ticksPerHour)" }
    let rule = version.rule
    return "\(when): \(rule.kind.rawValue) every \(hours ?? "0") h, \(rule.grouping), "
      + "suppression \(rule.suppression != nil), of \(version.devices.sorted())"
  }
}
