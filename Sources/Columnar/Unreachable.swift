/// Ends the process where an invariant of the engine itself is broken.
///
/// The only place that may do so: never call it for anything that input, data or the machine
/// can bring about.
public func unreachable(
  _ why: String,
  file: StaticString = #fileID,
  line: UInt = #line
) -> Never {
  fatalError(why, file: file, line: line)
}
