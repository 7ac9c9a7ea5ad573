/// Knows the names of Unicode properties that the dialect takes, and how the matching library
/// spells them.
enum UnicodePropertyNames {
  /// The class of a name as it stands between the braces of `\p{...}`; nil for unknown ones.
  ///
  /// Names are compared without case, blanks, dashes and underscores, as the dialect does.
  static func node(for text: String) -> CharacterClassNode? {
    guard let (key, value, isNegated) = parts(of: text) else { return nil }
    let name = normalized(value)
    guard !name.isEmpty else { return nil }
    let node: CharacterClassNode?
    switch key.map(normalized) {
    case nil: node = special(name) ?? category(name) ?? binary(name) ?? script(name, "sc")
    case "gc", "generalcategory": node = category(name)
    case "sc", "script": node = script(name, "sc")
    case "scx", "scriptextensions": node = script(name, "scx")
    default: node = nil
    }
    guard isNegated, let node else { return node }
    return .negation(node)
  }

  /// Splits `key=value`, `key:value` and `key!=value`.
  private static func parts(of text: String) -> (String?, String, Bool)? {
    guard let at = text.firstIndex(where: { $0 == "=" || $0 == ":" }) else {
      return (nil, text, false)
    }
    var key = text[..<at]
    let isNegated = text[at] == "=" && key.last == "!"
    if isNegated { key.removeLast() }
    return (String(key), String(text[text.index(after: at)...]), isNegated)
  }

  private static func normalized(_ name: String) -> String {
    var plain = String(
      name.unicodeScalars.filter { $0 != " " && $0 != "_" && $0 != "-" && $0.isASCII }.map {
        Character(Unicode.Scalar(UInt8(truncatingIfNeeded: CaseMapping.lower($0.value))))
      }
    )
    if plain.hasPrefix("is"), plain.utf8.count > 2 { plain.removeFirst(2) }
    return plain
  }

  private static func special(_ name: String) -> CharacterClassNode? {
    switch name {
    case "any": return .set(.all)
    case "ascii": return .set(ScalarSet(0, 0x7F))
    case "assigned": return .property("Cn", isNegated: true)
    default: return nil
    }
  }

  private static func category(_ name: String) -> CharacterClassNode? {
    if let short = categories[name] {
      return .property(short, isNegated: false)
    }
    return nil
  }

  private static func binary(_ name: String) -> CharacterClassNode? {
    guard let known = binaryProperties[name] else { return nil }
    return .property(known, isNegated: false)
  }

  /// Scripts have the names of the library, which is asked whether it knows this one.
  private static func script(_ name: String, _ kind: String) -> CharacterClassNode? {
    let isPlain = name.utf8.allSatisfy { $0 &- 0x61 < 26 } && name.utf8.count >= 2
    let property = "\(kind):\(name)"
    guard isPlain,
      case .success = CompiledPattern.compile(Array("\\p{\(property)}".utf8), [.unicode])
    else { return nil }
    return .property(property, isNegated: false)
  }

  /// General categories: short and long name, the latter without case and separators.
  private static let categories: [String: String] = {
    let longNames = [
      "C": "other", "Cc": "control", "Cf": "format", "Cn": "unassigned", "Co": "privateuse",
      "L": "letter", "L&": "casedletter", "Ll": "lowercaseletter", "Lm": "modifierletter",
      "Lo": "otherletter", "Lt": "titlecaseletter", "Lu": "uppercaseletter", "M": "mark",
      "Mc": "spacingmark", "Me": "enclosingmark", "Mn": "nonspacingmark", "N": "number",
      "Nd": "decimalnumber", "Nl": "letternumber", "No": "othernumber", "P": "punctuation",
      "Pc": "connectorpunctuation", "Pd": "dashpunctuation", "Pe": "closepunctuation",
      "Pf": "finalpunctuation", "Pi": "initialpunctuation", "Po": "otherpunctuation",
      "Ps": "openpunctuation", "S": "symbol", "Sc": "currencysymbol", "Sk": "modifiersymbol",
      "Sm": "mathsymbol", "So": "othersymbol", "Z": "separator", "Zl": "lineseparator",
      "Zp": "paragraphseparator", "Zs": "spaceseparator",
    ]
    var names = ["lc": "L&", "digit": "Nd", "punct": "P", "cntrl": "Cc", "combiningmark": "M"]
    for (short, long) in longNames {
      names[normalized(short)] = short
      names[long] = short
    }
    return names
  }()

  /// Yes-or-no properties: the long and the short name, and what the library calls it.
  private static let binaryProperties: [String: String] = {
    let names = [
      "Alphabetic Alpha", "ASCII_Hex_Digit AHex", "Case_Ignorable CI", "Cased",
      "Changes_When_Casefolded CWCF", "Changes_When_Casemapped CWCM",
      "Changes_When_Lowercased CWL", "Changes_When_Titlecased CWT",
      "Changes_When_Uppercased CWU", "Dash", "Default_Ignorable_Code_Point DI",
      "Deprecated Dep", "Diacritic Dia", "Emoji", "Emoji_Component EComp",
      "Emoji_Modifier EMod", "Emoji_Modifier_Base EBase", "Emoji_Presentation EPres",
      "Extended_Pictographic ExtPict", "Extender Ext", "Grapheme_Base GrBase",
      "Grapheme_Extend GrExt", "Grapheme_Link GrLink", "Hex_Digit Hex", "IDS_Binary_Operator IDSB",
      "IDS_Trinary_Operator IDST", "ID_Continue IDC", "ID_Start IDS", "Ideographic Ideo",
      "Join_Control JoinC", "Logical_Order_Exception LOE", "Lowercase Lower", "Math",
      "Noncharacter_Code_Point NChar", "Pattern_Syntax PatSyn", "Pattern_White_Space PatWS",
      "Prepended_Concatenation_Mark PCM", "Quotation_Mark QMark", "Radical",
      "Regional_Indicator RI", "Sentence_Terminal STerm", "Soft_Dotted SD",
      "Terminal_Punctuation Term", "Unified_Ideograph UIdeo", "Uppercase Upper",
      "Variation_Selector VS", "White_Space space", "XID_Continue XIDC", "XID_Start XIDS",
    ]
    var known: [String: String] = [:]
    for entry in names {
      let forms = entry.split(separator: " ").map(String.init)
      for form in forms { known[normalized(form)] = forms[0] }
    }
    return known
  }()
}
