/// What may be the name of a tenant that data choose.
public enum TenantName {
  /// Says what is wrong with a name; nil where nothing is.
  public static func refusal(_ name: String) -> String? {
    if name.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) {
      return "the name of a tenant has no control characters"
    }
    return StoreLayout.refusal(of: name, kind: "tenant")
  }
}
