import HarrierCommand

/// The program `harrier`: a target of its own, so that what links it is none of the tests' matter.
@main
enum HarrierTool {
  static func main() { Harrier.main() }
}
