import Glibc

/// What came of timing a kernel and its twin alternately.
struct Measurement {
  let kernel: Kernel
  /// Medians of nanoseconds a row.
  let harrier: Double
  let twin: Double
  /// The median over rounds of the engine's time to the twin's.
  let ratio: Double

  /// About the seconds that one timed sample lasts.
  private static let sampleSeconds = 0.004

  /// Times a kernel; a round runs both, the one and the other first.
  init(_ kernel: Kernel, rounds: Int) {
    self.kernel = kernel
    let calls = (Self.calls(kernel.harrier), Self.calls(kernel.twin))
    var samples: [(harrier: Double, twin: Double)] = []
    for round in 0..<max(1, rounds) {
      if round % 2 == 0 {
        let ours = Self.time(kernel.harrier, calls.0)
        samples.append((ours, Self.time(kernel.twin, calls.1)))
      } else {
        let theirs = Self.time(kernel.twin, calls.1)
        samples.append((Self.time(kernel.harrier, calls.0), theirs))
      }
    }
    let scale = 1e9 / Double(max(1, kernel.rows))
    harrier = Self.median(samples.map(\.harrier)) * scale
    twin = Self.median(samples.map(\.twin)) * scale
    ratio = Self.median(samples.map { $0.harrier / max($0.twin, 1e-12) })
  }

  /// Whether both gave the same results in their last runs.
  var isAgreed: Bool {
    let (ours, theirs) = kernel.results()
    return ours == theirs
  }

  /// How often a kernel is called in a sample; the first call also warms it.
  private static func calls(_ body: () -> Void) -> Int {
    body()
    return max(1, Int((sampleSeconds / max(time(body, 1), 1e-6)).rounded(.up)))
  }

  /// CPU seconds of one call: what others do on the machine counts little.
  private static func time(_ body: () -> Void, _ calls: Int) -> Double {
    let start = cpuSeconds
    for _ in 0..<calls { body() }
    return (cpuSeconds - start) / Double(calls)
  }

  private static var cpuSeconds: Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  private static func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    return sorted.isEmpty ? 0 : sorted[sorted.count / 2]
  }
}

extension Measurement {
  /// A number with two digits behind the point.
  static func text(_ value: Double) -> String {
    let hundredths = Int((value * 100).rounded())
    let rest = hundredths % 100
    return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)"
  }
}
