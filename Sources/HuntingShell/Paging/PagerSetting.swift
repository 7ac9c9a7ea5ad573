/// Which program shows what is longer than the screen.
public enum PagerSetting: Sendable, Equatable {
  /// None: all is written straight to the terminal.
  case off
  /// The one that the environment names, else `less`.
  case standard
  /// A command line for the shell of the system.
  case command(String)

  /// `-S`: lines are not broken but scrolled; `-R`: colours; `-X`: what was shown stays.
  ///
  /// Not `-F`, which takes a page of lines that are too wide for one that fits.
  static let defaultCommand = "less -RSX"

  /// Reads what is written behind `.pager`; nil where that is nothing.
  public init?(_ text: String) {
    switch text {
    case "": return nil
    case "on": self = .standard
    case "off": self = .off
    default: self = .command(text)
    }
  }

  /// The command line to run; nil for none.
  ///
  /// HARRIER_PAGER counts before PAGER; one that is empty or `cat` says that no pager is wanted.
  public func command(_ environment: (String) -> String?) -> String? {
    let named: String
    switch self {
    case .off: return nil
    case .command(let text): named = text
    case .standard:
      named = environment("HARRIER_PAGER") ?? environment("PAGER") ?? Self.defaultCommand
    }
    let isBlank = named.allSatisfy(\.isWhitespace)
    return isBlank || named == "cat" ? nil : named
  }

  /// What a pager needs beside the environment: `less` without options of the user's own would show
  /// colours as signs and break lines.
  public static func variables(_ environment: (String) -> String?) -> [String: String] {
    environment("LESS") == nil ? ["LESS": "RSX"] : [:]
  }
}
