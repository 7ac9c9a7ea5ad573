import Columnar
import Tenancy

extension HuntingEngine {
  /// The tenant whose file made a query fail, where others can answer without it.
  func tenant(behind failure: QueryFailure) -> TenantRecord? {
    guard let view, view.scope.tenants.count > 1, let file = failure.file else { return nil }
    return view.tenant(ofFile: file)
  }

  /// Takes a tenant out of the view; the columns of the tables stay as they are.
  mutating func leaveOut(_ tenant: TenantRecord) {
    guard let scope = view?.scope else { return }
    view?.scope = scope.without([tenant.name])
    attachView()
  }
}
