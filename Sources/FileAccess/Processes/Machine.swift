import Glibc

/// What this machine gives to the process.
public enum Machine {
  /// The cores that are at work in this machine.
  public static var coreCount: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

  /// The number that the system has for this process.
  public static var processNumber: Int { Int(getpid()) }

  /// Lets others have the cores first, from now on and for threads that are still to come.
  public static func yieldToOthers() { _ = nice(19) }

  /// Lets the calling thread rest.
  public static func pause(milliseconds: Int) {
    var rest = timespec(
      tv_sec: milliseconds / 1000,
      tv_nsec: milliseconds % 1000 * 1_000_000
    )
    while true {
      var left = timespec()
      if nanosleep(&rest, &left) == 0 || errno != EINTR { return }
      rest = left
    }
  }
}
