/// `render`: says how to draw the result; changes no data.
public struct Render: PlanNode {
  public let input: Plan
  public let visualization: String
  public let properties: [String: String]

  public init(
    input: Plan,
    visualization: String,
    properties: [String: String]
  ) {
    self.input = input
    self.visualization = visualization
    self.properties = properties
  }

  public var title: String { "render \(visualization)" }
  public var columns: [PlanColumn] { input.columns }
  public var inputs: [Plan] { [input] }
}
