import ArgumentParser
import Tenancy

/// A store, whose tenants, and as whom it is worked with.
struct TenantPlace: ParsableArguments {
  @Option(help: ArgumentHelp("The folder of the store.", valueName: "dir"))
  var store: String

  @Option(
    help: ArgumentHelp(
      "The tenants: names with commas between, group:NAME, or all.",
      valueName: "tenants"
    )
  )
  var tenant = "all"

  @OptionGroup var identity: IdentityOptions

  func validate() throws {
    if TenantSelection(tenant) == nil {
      throw ValidationError("--tenant holds an empty name; write --tenant a,b.")
    }
  }

  var selection: TenantSelection { TenantSelection(tenant) ?? .all }

  /// The store as the principal sees it.
  func access() throws -> StoreAccess { try StoreAccess(store, as: identity.principal) }
}
