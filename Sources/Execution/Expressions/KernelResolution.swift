import Columnar
import KQLFunctions

/// The kernel chosen for a call and what each argument must be converted to.
struct KernelChoice {
  let kernel: ScalarKernel
  /// The type to convert an argument to, or nil where it stays as it is.
  let conversions: [ScalarType?]
}

/// Chooses the overload of a function by the types of the arguments.
enum KernelResolution {
  /// The kernel that needs the least conversion; the first declared among equals.
  static func choose(_ function: ScalarFunction, _ types: [ScalarType]) -> KernelChoice? {
    var best: (cost: Int, choice: KernelChoice)?
    for kernel in function.kernels {
      guard let fit = fit(kernel, types) else { continue }
      if let best, best.cost <= fit.cost { continue }
      best = (fit.cost, KernelChoice(kernel: kernel, conversions: fit.conversions))
    }
    return best?.choice
  }

  private static func fit(
    _ kernel: ScalarKernel,
    _ types: [ScalarType]
  ) -> (cost: Int, conversions: [ScalarType?])? {
    let most = kernel.isVariadic ? Int.max : kernel.parameters.count
    guard types.count >= kernel.minimumCount, types.count <= most else { return nil }
    var cost = 0
    var conversions: [ScalarType?] = []
    for (index, type) in types.enumerated() {
      guard let parameter = parameter(of: kernel, at: index) else { return nil }
      guard let step = step(from: type, to: parameter) else { return nil }
      cost += step.cost
      conversions.append(step.target)
    }
    return (cost, conversions)
  }

  private static func parameter(
    of kernel: ScalarKernel,
    at index: Int
  ) -> ScalarKernel.Parameter? {
    if index < kernel.parameters.count { return kernel.parameters[index] }
    return kernel.isVariadic ? kernel.parameters.last : nil
  }

  private static func step(
    from type: ScalarType,
    to parameter: ScalarKernel.Parameter
  ) -> (cost: Int, target: ScalarType?)? {
    guard case .type(let wanted) = parameter else { return (1, nil) }
    if wanted == type { return (0, nil) }
    switch (type, wanted) {
    case (.int, .long): return (2, wanted)
    case (.int, .real), (.long, .real): return (4, wanted)
    case (.int, .decimal), (.long, .decimal): return (6, wanted)
    case (.real, .decimal): return (7, wanted)
    case (.long, .int): return (8, wanted)
    case (.dynamic, _): return (16, wanted)
    case (_, .dynamic): return (20, wanted)
    default: return nil
    }
  }
}
