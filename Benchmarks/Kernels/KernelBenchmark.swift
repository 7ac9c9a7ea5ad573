import FileAccess
import Glibc

/// Times kernels of the engine beside hand-written C that does the same work.
///
/// Arguments: `--rounds N`; `--check FILE` to hold the ratios against thresholds, with exit code 1
/// where one is above; `--markdown` for a table; names of kernels (all where there are none).
@main
struct KernelBenchmark {
  private struct Options {
    var rounds = 7
    var thresholds: Thresholds?
    var isMarkdown = false
    var names: Set<String> = []

    init(_ arguments: [String]) throws {
      var rest = arguments[...]
      while let argument = rest.popFirst() {
        switch argument {
        case "--rounds": rounds = rest.popFirst().flatMap { Int($0) } ?? rounds
        case "--check": thresholds = try rest.popFirst().map { try Thresholds(path: $0) }
        case "--markdown": isMarkdown = true
        default: names.insert(argument)
        }
      }
    }
  }

  /// A noisy neighbour may spoil a measurement, so a kernel fails only when it does so thrice.
  private static let attempts = 3

  private static let all =
    ScanKernels.all + FoldKernels.all + GroupKernels.all + TextKernels.all + ParseKernel.all

  static func main() throws {
    let options = try Options(Array(CommandLine.arguments.dropFirst()))
    let output = DescriptorOutput.standardOutput()
    let head =
      options.isMarkdown
      ? "| kernel | Harrier ns/row | C ns/row | ratio | allowed |\n|---|--:|--:|--:|--:|\n"
      : ""
    try output.write(head)
    var failures: [String] = []
    var seen: Set<String> = []
    for kernel in all {
      seen.insert(kernel.name)
      if !options.names.isEmpty, !options.names.contains(kernel.name) { continue }
      let (line, failure) = try run(kernel, options)
      try output.write(line)
      try output.flush()
      if let failure { failures.append(failure) }
    }
    for name in (options.thresholds?.names ?? []).subtracting(seen).sorted() {
      failures.append("\(name): there is a threshold and no kernel")
    }
    for failure in failures { try output.write("FAILED \(failure)\n") }
    try output.flush()
    if !failures.isEmpty { exit(1) }
  }

  /// Measures a kernel, anew where it is above its threshold; says what it came to and why it
  /// fails.
  private static func run(
    _ named: KernelCase,
    _ options: Options
  ) throws -> (line: String, failure: String?) {
    let kernel = try named.make()
    var measured = Measurement(kernel, rounds: options.rounds)
    let allowed = options.thresholds?[named.name]
    if let allowed {
      for _ in 1..<attempts where measured.ratio > allowed {
        let again = Measurement(kernel, rounds: options.rounds)
        if again.ratio < measured.ratio { measured = again }
      }
    }
    var failure: String?
    if !measured.isAgreed {
      failure = "\(named.name): the engine and C disagree"
    } else if let allowed, measured.ratio > allowed {
      failure =
        "\(named.name): \(Measurement.text(measured.ratio)) times C, "
        + "more than the \(Measurement.text(allowed)) allowed"
    } else if options.thresholds != nil, allowed == nil {
      failure = "\(named.name): there is no threshold"
    }
    return (line(named.name, measured, allowed, options), failure)
  }

  private static func line(
    _ name: String,
    _ measured: Measurement,
    _ allowed: Double?,
    _ options: Options
  ) -> String {
    let numbers = [measured.harrier, measured.twin, measured.ratio].map(Measurement.text)
    let limit = allowed.map(Measurement.text) ?? "–"
    if options.isMarkdown {
      return "| \(name) | \(numbers.joined(separator: " | ")) | \(limit) |\n"
    }
    let padding = String(repeating: " ", count: max(1, 28 - name.count))
    return "\(name)\(padding)\(numbers[0]) ns  C \(numbers[1]) ns  ratio \(numbers[2])"
      + (allowed == nil ? "\n" : "  allowed \(limit)\n")
  }
}
