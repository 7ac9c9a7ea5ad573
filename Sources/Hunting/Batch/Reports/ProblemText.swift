import Findings

/// A problem in words, for reports that are read by people elsewhere; raw data.
struct ProblemText {
  let text: String

  init(_ problem: BatchProblem) {
    let place = problem.region.map { ":\($0.startLine):\($0.startColumn)" } ?? ""
    let head = "\(problem.file)\(place): \(problem.code): \(problem.message)"
    text = ([head] + problem.details).joined(separator: "\n")
  }
}
