import Execution
import FileAccess
import ScheduleSimulation

/// Holds seeded schedules with crashes, overlap, downtime and clocks that step to calm ones.
///
/// Arguments: how many, the first seed, and threads. Of one that differs all that happened is told.
@main
struct ScheduleBenchmark {
  static func main() throws {
    let arguments = CommandLine.arguments
    let output = DescriptorOutput.standardOutput()
    guard arguments.count > 1, let count = Int(arguments[1]) else {
      try output.write("usage: harrier-schedules COUNT [FIRST_SEED] [THREADS]\n")
      return try output.flush()
    }
    let first = arguments.count > 2 ? UInt64(arguments[2]) ?? 0 : 0
    let threads = arguments.count > 3 ? Int(arguments[3]) ?? 1 : 1
    let outcomes = try ParallelWork.results(count, threads: threads) { index in
      try ScheduleTrial.problems(seed: first + UInt64(index))
    }
    var failed = 0
    for outcome in outcomes {
      let problems = try outcome.get()
      if !problems.isEmpty { failed += 1 }
      if count == 1, failed == 1 { try output.write(ScheduleTrial.history(seed: first)) }
      for problem in problems { try output.write(problem + "\n") }
    }
    try output.write("\(count) seeded schedules, \(failed) that differ\n")
    try output.flush()
  }
}
