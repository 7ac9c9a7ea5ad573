import Glibc

/// Hears Ctrl-C on a thread of its own, so that it ends what runs and not the process.
public enum Interrupts {
  /// Calls the body at each interrupt from now on.
  ///
  /// To be called before any other thread is started: threads inherit that the signal waits for
  /// this one.
  ///
  /// - Parameter hearsTermination: whether the wish of others that the process ends counts too.
  public static func handle(
    hearsTermination: Bool = false,
    _ body: @escaping @Sendable () -> Void
  ) {
    var signals = signalSet(hearsTermination)
    guard pthread_sigmask(SIG_BLOCK, &signals, nil) == 0 else { return }
    let handler = Unmanaged.passRetained(Handler(hearsTermination, body))
    var thread = pthread_t()
    let status = pthread_create(
      &thread,
      nil,
      { argument in
        guard let argument else { return nil }
        let handler = Unmanaged<Handler>.fromOpaque(argument).takeUnretainedValue()
        var signals = Interrupts.signalSet(handler.hearsTermination)
        var signal: Int32 = 0
        while sigwait(&signals, &signal) == 0 { handler.body() }
        return nil
      },
      handler.toOpaque()
    )
    if status == 0 {
      pthread_detach(thread)
    } else {
      handler.release()
      pthread_sigmask(SIG_UNBLOCK, &signals, nil)
    }
  }

  private static func signalSet(_ hearsTermination: Bool) -> sigset_t {
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGINT)
    if hearsTermination { sigaddset(&signals, SIGTERM) }
    return signals
  }

  /// What is called, on its way to the thread.
  private final class Handler: Sendable {
    let hearsTermination: Bool
    let body: @Sendable () -> Void

    init(_ hearsTermination: Bool, _ body: @escaping @Sendable () -> Void) {
      self.hearsTermination = hearsTermination
      self.body = body
    }
  }
}
